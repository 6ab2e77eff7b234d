import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Backup } from "@/api/types";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { TextField } from "@/components/field";
import { ErrorState } from "@/components/states";
import { useEnvironment } from "@/lib/environment";
import { useChangeBackup } from "./api";

export function EditBackup({ backup, onClose }: { backup: Backup; onClose: () => void }) {
  const { t } = useTranslation();
  const change = useChangeBackup(useEnvironment().name);
  const [label, setLabel] = useState(backup.label ?? "");
  const submit = () =>
    change.mutate({ id: backup.id, label: label.trim() || null }, { onSuccess: onClose });
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("backups.rename")}
      about={<span className="font-mono text-sm">{backup.id}</span>}
      onSubmit={submit}
      actions={
        <Button type="submit" look="primary" disabled={change.isPending}>
          {t("save")}
        </Button>
      }
    >
      <TextField
        label={t("backups.label")}
        value={label}
        onValueChange={setLabel}
        maxLength={200}
      />
      {change.error && <ErrorState error={change.error} />}
    </Dialog>
  );
}
