import { useTranslation } from "react-i18next";
import { problemOf } from "@/api/problem";
import type { Backup } from "@/api/types";
import { BackupFacts } from "@/components/backup-facts";
import { ConfirmDestructive } from "@/components/confirm-destructive";
import { Notice } from "@/components/notice";
import { useEnvironment } from "@/lib/environment";
import { useDeleteBackup } from "./api";

const ASKED = "confirmation_required";
const WHYS = ["only_usable", "only_proven"] as const;

export function DeleteBackup({ backup, onClose }: { backup: Backup; onClose: () => void }) {
  const { t } = useTranslation();
  const remove = useDeleteBackup(useEnvironment().name);
  // A click is enough where others could take its place; the server tells when that is not so.
  const asked = remove.error ? problemOf(remove.error) : null;
  const needed = backup.pinned || asked?.code === ASKED;
  const why = backup.pinned ? "pinned" : WHYS.find((one) => one === asked?.details.reason);
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
      {why && <Notice tone="warn">{t(`backups.sure.${why}`)}</Notice>}
    </ConfirmDestructive>
  );
}
