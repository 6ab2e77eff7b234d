import { useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import type { Draft } from "./use-draft";

/** Asks before text that was not saved is left behind. */
export function LeaveDialog({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => draft.isDirty() && current.pathname !== next.pathname,
    enableBeforeUnload: () => draft.isDirty(),
    withResolver: true,
  });
  const save = async () => {
    if (await draft.save()) blocker.proceed?.();
    else blocker.reset?.();
  };
  return (
    <Dialog
      open={blocker.status === "blocked"}
      onClose={() => blocker.reset?.()}
      title={t("editor.leave.title")}
      about={t("editor.leave.about")}
      actions={
        <>
          <Button look="danger" onClick={() => blocker.proceed?.()}>
            {t("editor.leave.discard")}
          </Button>
          <Button look="primary" disabled={draft.saving} onClick={() => void save()}>
            {t("editor.leave.save")}
          </Button>
        </>
      }
    />
  );
}
