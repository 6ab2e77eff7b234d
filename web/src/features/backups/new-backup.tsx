import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Backup } from "@/api/types";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { CheckField, TextField } from "@/components/field";
import { ErrorState } from "@/components/states";
import { useEnvironment } from "@/lib/environment";
import { useCreateBackup } from "./api";
import { KindChoice } from "./kind-choice";

export function NewBackup({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const environment = useEnvironment();
  const create = useCreateBackup(environment.name);
  const [label, setLabel] = useState("");
  const [pinned, setPinned] = useState(false);
  const [kind, setKind] = useState<Backup["kind"]>("dump");
  const close = () => {
    setLabel("");
    setPinned(false);
    setKind("dump");
    create.reset();
    onClose();
  };
  const submit = () => {
    if (create.isPending) return;
    create.mutate({ label: label.trim() || null, pinned, kind }, { onSuccess: close });
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={t("backups.new_title", { name: environment.database })}
      about={t(kind === "dump" ? "backups.new_about" : "backups.new_about_neon")}
      onSubmit={submit}
      actions={
        <Button type="submit" look="primary" disabled={create.isPending}>
          {t("backups.create")}
        </Button>
      }
    >
      <TextField
        label={t("backups.label")}
        about={t("backups.label_about")}
        placeholder={t("backups.label_example")}
        value={label}
        onValueChange={setLabel}
        maxLength={200}
      />
      <KindChoice chosen={kind} onChoose={setKind} />
      <CheckField checked={pinned} onChange={setPinned}>
        {t("backups.pin_about")}
      </CheckField>
      {create.error && <ErrorState error={create.error} />}
    </Dialog>
  );
}
