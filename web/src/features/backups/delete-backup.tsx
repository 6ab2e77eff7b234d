import { useTranslation } from "react-i18next";
import type { Backup } from "@/api/types";
import { ConfirmDestructive } from "@/components/confirm-destructive";
import { useEnvironment } from "@/lib/environment";
import { useDeleteBackup } from "./api";
import { BackupFacts } from "./facts";

export function DeleteBackup({ backup, onClose }: { backup: Backup; onClose: () => void }) {
  const { t } = useTranslation();
  const remove = useDeleteBackup(useEnvironment().name);
  return (
    <ConfirmDestructive
      open
      onClose={onClose}
      title={t("backups.delete_title")}
      about={t("backups.delete_about")}
      word={backup.id}
      action={t("backups.delete_action")}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={(confirmation) =>
        remove.mutate({ id: backup.id, confirmation }, { onSuccess: onClose })
      }
    >
      <BackupFacts backup={backup} />
    </ConfirmDestructive>
  );
}
