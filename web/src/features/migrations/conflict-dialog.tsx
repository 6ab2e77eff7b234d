import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { SqlMerge } from "@/components/sql-lazy";
import { Loading } from "@/components/states";
import type { Draft } from "./use-draft";

/** The file changed on the disk while it was edited here: both texts are shown, none is lost. */
export function ConflictDialog({ draft }: { draft: Draft }) {
  const { t } = useTranslation();
  return (
    <Dialog
      wide
      open={draft.theirs !== null}
      onClose={draft.decideLater}
      title={t("editor.conflict.title")}
      about={t("editor.conflict.about")}
      actions={
        <>
          <Button onClick={draft.takeTheirs}>{t("editor.conflict.take")}</Button>
          <Button look="primary" disabled={draft.saving} onClick={() => void draft.keepMine()}>
            {t("editor.conflict.keep")}
          </Button>
        </>
      }
    >
      <div className="h-80 overflow-hidden rounded-md border border-line">
        <Suspense fallback={<Loading />}>
          <SqlMerge
            unified
            before={draft.theirs?.text ?? ""}
            after={draft.text}
            labels={[t("editor.conflict.theirs"), t("editor.conflict.mine")]}
            unchanged={t("ddl.unchanged")}
          />
        </Suspense>
      </div>
      <p className="text-sm text-ink-2">{t("editor.conflict.undo")}</p>
    </Dialog>
  );
}
