import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Backup } from "@/api/types";
import { ConfirmDestructive } from "@/components/confirm-destructive";
import { useEnvironment } from "@/lib/environment";
import { useFormat } from "@/lib/use-format";
import { useRestore } from "./api";
import { BackupFacts } from "./facts";

const STEPS = ["safety", "new", "swap", "kept"] as const;

/** Before a backup takes the place of the database: what happens, in plain words. */
export function RestoreBackup({ backup, onClose }: { backup: Backup; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const environment = useEnvironment();
  const restore = useRestore();
  const name = environment.database;
  const start = (confirmation: string) =>
    restore.mutate(
      { id: backup.id, confirmation },
      {
        onSuccess: (operation) => {
          onClose();
          void navigate({
            to: "/$environment/operations/$operation",
            params: { environment: environment.name, operation: operation.id },
          });
        },
      },
    );
  return (
    <ConfirmDestructive
      open
      onClose={onClose}
      title={t("restore.title", { name })}
      about={t("restore.about", { at: format.absolute(backup.created_at) })}
      word={environment.confirmation_word}
      action={t("restore.action", { name })}
      busy={restore.isPending}
      error={restore.error}
      onConfirm={start}
    >
      <BackupFacts backup={backup} />
      <ol className="flex list-decimal flex-col gap-1.5 pl-5 marker:text-ink-3">
        {STEPS.map((step) => (
          <li key={step} className="pl-1">
            {t(`restore.step.${step}`, { name })}
          </li>
        ))}
      </ol>
    </ConfirmDestructive>
  );
}
