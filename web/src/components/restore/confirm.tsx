import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useRestore } from "@/api/restores";
import type { RestoreMode } from "@/api/types";
import { BackupFactsOf } from "@/components/backup-facts";
import { ConfirmDestructive } from "@/components/confirm-destructive";
import { useEnvironment } from "@/lib/environment";
import { textFor } from "@/lib/i18n";
import { replaces, STEPS } from "./modes";

interface ConfirmRestoreProps {
  id: string;
  mode: RestoreMode;
  tables: string[];
  onClose: () => void;
}

/** Before a backup is restored: what happens, in plain words, and the deliberate act. */
export function ConfirmRestore({ id, mode, tables, onClose }: ConfirmRestoreProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const environment = useEnvironment();
  const restore = useRestore();
  const name = environment.database;
  const typed = replaces(mode);
  const asks = typed ? "" : mode === "neon" ? "_neon" : "_beside";
  const start = (word: string) =>
    restore.mutate(
      { id, mode, tables, confirmation: typed ? word : null },
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
      title={t(`restore.title${asks}`, { name })}
      about={t(`restore.about${asks}`, { name })}
      word={typed ? environment.confirmation_word : null}
      action={t(`restore.action${asks}`, { name })}
      busy={restore.isPending}
      error={restore.error}
      onConfirm={start}
    >
      <BackupFactsOf id={id} />
      <ol className="flex list-decimal flex-col gap-1.5 pl-5 marker:text-ink-3">
        {STEPS[mode].map((step) => (
          <li key={step} className="pl-1">
            {textFor(`restore.step.${step}`, { name }, step)}
          </li>
        ))}
      </ol>
      {tables.length > 0 && (
        <p className="font-mono text-sm text-ink-2 wrap-anywhere">{tables.join(", ")}</p>
      )}
    </ConfirmDestructive>
  );
}
