import { useTranslation } from "react-i18next";
import { problemOf } from "@/api/problem";
import type { Backup } from "@/api/types";
import { BackupFacts } from "@/components/backup-facts";
import { ConfirmDestructive } from "@/components/confirm-destructive";
import { useEnvironment } from "@/lib/environment";
import { useDeleteBackup } from "./api";

const ASKED = "confirmation_required";

export function DeleteBackup({ backup, onClose }: { backup: Backup; onClose: () => void }) {
  const { t } = useTranslation();
  const remove = useDeleteBackup(useEnvironment().name);
  // A click is enough where others could take its place; the server tells when that is not so.
  const needed = backup.pinned || (remove.error && problemOf(remove.error).code === ASKED);
  return (
    <ConfirmDestructive
      open
      onClose={onClose}
      title={t("backups.delete_title")}
      about={t(backup.kind === "dump" ? "backups.delete_about" : "backups.delete_about_neon")}
      word={needed ? backup.id : null}
      action={t("backups.delete_action")}
      busy={remove.isPending}
      error={needed && !backup.pinned ? null : remove.error}
      onConfirm={(confirmation) =>
        remove.mutate(
          { id: backup.id, confirmation: needed ? confirmation : null },
          { onSuccess: onClose },
        )
      }
    >
      <BackupFacts backup={backup} />
    </ConfirmDestructive>
  );
}
