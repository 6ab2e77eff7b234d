import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useUndoRestore } from "@/api/restores";
import { ConfirmDestructive } from "@/components/confirm-destructive";
import { useEnvironment } from "@/lib/environment";

interface UndoRestoreProps {
  /** The kept database that is to have its name again. */
  database: string;
  onClose: () => void;
}

/** Before both databases change places again. */
export function UndoRestore({ database, onClose }: UndoRestoreProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const environment = useEnvironment();
  const undo = useUndoRestore(environment.name);
  const name = environment.database;
  return (
    <ConfirmDestructive
      open
      onClose={onClose}
      title={t("kept.undo_title")}
      about={t("kept.undo_about", { name })}
      word={environment.confirmation_word}
      action={t("kept.undo")}
      busy={undo.isPending}
      error={undo.error}
      onConfirm={(confirmation) =>
        undo.mutate(
          { database, confirmation },
          {
            onSuccess: ({ id }) => {
              onClose();
              void navigate({
                to: "/$environment/operations/$operation",
                params: { environment: environment.name, operation: id },
              });
            },
          },
        )
      }
    />
  );
}
