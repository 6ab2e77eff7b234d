import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { CheckField, TextField } from "@/components/field";
import { ErrorState } from "@/components/states";
import { useEnvironment } from "@/lib/environment";
import { useCreateBackup } from "./api";

export function NewBackup({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const environment = useEnvironment();
  const create = useCreateBackup(environment.name);
  const [label, setLabel] = useState("");
  const [pinned, setPinned] = useState(false);
  const close = () => {
    setLabel("");
    setPinned(false);
    create.reset();
    onClose();
  };
  const submit = () => {
    if (create.isPending) return;
    create.mutate({ label: label.trim() || null, pinned }, { onSuccess: close });
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={t("backups.new_title", { name: environment.database })}
      about={t("backups.new_about")}
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
      <CheckField checked={pinned} onChange={setPinned}>
        {t("backups.pin_about")}
      </CheckField>
      {create.error && <ErrorState error={create.error} />}
    </Dialog>
  );
}
