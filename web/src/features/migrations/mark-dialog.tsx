import { useTranslation } from "react-i18next";
import { useStartPlan } from "@/api/preview";
import type { Migration } from "@/api/types";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { ErrorState } from "@/components/states";
import { useEnvironment } from "@/lib/environment";

interface MarkDialogProps {
  migration: Migration;
  as: "applied" | "pending";
  open: boolean;
  onClose: () => void;
}

/** Says what a mark is, and is not, before its plan is made. */
export function MarkDialog({ migration, as, open, onClose }: MarkDialogProps) {
  const { t } = useTranslation();
  const start = useStartPlan(useEnvironment().name);
  const { version, name } = migration;
  const close = () => {
    start.reset();
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={t(`mark.${as}.title`, { name })}
      about={t("mark.about")}
      onSubmit={() => start.isPending || start.mutate({ what: "mark", version, as })}
      actions={
        <Button type="submit" look="primary" disabled={start.isPending}>
          {t("mark.preview")}
        </Button>
      }
    >
      <p>{t(`mark.${as}.when`)}</p>
      <p className="text-ink-2">{t(`mark.${as}.danger`)}</p>
      {start.error && <ErrorState error={start.error} />}
    </Dialog>
  );
}
