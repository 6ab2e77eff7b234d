import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { MigrationText } from "@/api/types";
import { ConfirmDestructive } from "@/components/confirm-destructive";
import { useEnvironment } from "@/lib/environment";
import { useRepair } from "./api";

export type RepairAction = "fix_record" | "restore_file";

interface RepairDialogProps {
  migration: MigrationText;
  action: RepairAction | null;
  onClose: () => void;
}

/** The last question before file or record gives way; the word is asked where the policy wants it. */
export function RepairDialog({ migration, action, onClose }: RepairDialogProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const environment = useEnvironment();
  const repair = useRepair(environment.name, migration.version);
  const missing = migration.state === "missing";
  const words = action === "restore_file" && missing ? "write_file" : (action ?? "restore_file");
  const asksWord = action === "fix_record" && environment.policy.confirmation;
  const close = () => {
    repair.reset();
    onClose();
  };
  const confirmed = (typed: string) => {
    if (action === null) return;
    const checksum = missing ? null : migration.checksum;
    repair.mutate(
      { action, checksum, confirmation: asksWord ? typed : null },
      {
        onSuccess: ({ id }) =>
          void navigate({
            to: "/$environment/operations/$operation",
            params: { environment: environment.name, operation: id },
          }),
      },
    );
  };
  return (
    <ConfirmDestructive
      open={action !== null}
      onClose={close}
      title={t(`repair.${words}.confirm`, { name: migration.name })}
      about={t(`repair.${words}.then`)}
      word={asksWord ? environment.confirmation_word : null}
      action={t(`repair.${words}.action`).replace("…", "")}
      busy={repair.isPending}
      error={repair.error}
      onConfirm={confirmed}
    />
  );
}
