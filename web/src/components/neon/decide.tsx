import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAbandon, useFinalize } from "@/api/neon";
import type { NeonRestore, Operation } from "@/api/types";
import { ConfirmDestructive } from "@/components/confirm-destructive";
import { useEnvironment } from "@/lib/environment";

interface DecideProps {
  restore: NeonRestore;
  onClose: () => void;
}

/** Close the question and show how what it started goes on. */
function useFollow(onClose: () => void): (operation: Operation) => void {
  const navigate = useNavigate();
  const environment = useEnvironment().name;
  return ({ id }) => {
    onClose();
    void navigate({
      to: "/$environment/operations/$operation",
      params: { environment, operation: id },
    });
  };
}

const STEPS = ["all", "drop", "kept", "carried"] as const;

/** Before the branch takes the place: what goes, what stays, and the deliberate act. */
export function Finalize({ restore, onClose }: DecideProps) {
  const { t } = useTranslation();
  const environment = useEnvironment();
  const finalize = useFinalize();
  const follow = useFollow(onClose);
  const name = environment.database;
  return (
    <ConfirmDestructive
      open
      onClose={onClose}
      title={t("neon.finalize.title", { name })}
      about={t("neon.finalize.about")}
      word={environment.confirmation_word}
      action={t("neon.finalize.action", { name })}
      busy={finalize.isPending}
      error={finalize.error}
      onConfirm={(confirmation) =>
        finalize.mutate({ id: restore.backup_id, confirmation }, { onSuccess: follow })
      }
    >
      <ol className="flex list-decimal flex-col gap-1.5 pl-5 marker:text-ink-3">
        {STEPS.map((step) => (
          <li key={step} className="pl-1">
            {t(`neon.finalize.step.${step}`, { name })}
          </li>
        ))}
      </ol>
    </ConfirmDestructive>
  );
}

/** Before the branch is deleted: nothing else goes with it. */
export function Abandon({ restore, onClose }: DecideProps) {
  const { t } = useTranslation();
  const abandon = useAbandon();
  const follow = useFollow(onClose);
  return (
    <ConfirmDestructive
      open
      onClose={onClose}
      title={t("neon.abandon.title")}
      about={t("neon.abandon.about", { name: useEnvironment().database })}
      word={null}
      action={t("neon.abandon.action")}
      busy={abandon.isPending}
      error={abandon.error}
      onConfirm={() => abandon.mutate(restore.backup_id, { onSuccess: follow })}
    >
      <p className="font-mono text-sm wrap-anywhere">{restore.branch}</p>
    </ConfirmDestructive>
  );
}
