import { FileCheck2, FileX2, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Migration } from "@/api/types";
import { Button } from "@/components/button";
import { MarkDialog } from "./mark-dialog";
import { UndoDialog } from "./undo-dialog";

const UNDOABLE: readonly Migration["state"][] = ["applied", "edited", "missing"];

/** What can be done to a migration that the ledger knows: back, by its way or by the record alone. */
export function AppliedActions({ migration }: { migration: Migration }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<"undo" | "mark" | null>(null);
  const close = () => setAsked(null);
  if (!UNDOABLE.includes(migration.state)) return null;
  return (
    <>
      <Button look="quiet" onClick={() => setAsked("mark")} icon={<FileX2 size={16} aria-hidden />}>
        {t("mark.pending.action")}
      </Button>
      <Button onClick={() => setAsked("undo")} icon={<Undo2 size={16} aria-hidden />}>
        {t("undo.action")}
      </Button>
      <MarkDialog migration={migration} as="pending" open={asked === "mark"} onClose={close} />
      <UndoDialog open={asked === "undo"} onClose={close} version={migration.version} />
    </>
  );
}

/** For what was done by hand: the ledger is told, and nothing runs. */
export function MarkApplied({ migration }: { migration: Migration }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look="quiet"
        onClick={() => setOpen(true)}
        icon={<FileCheck2 size={16} aria-hidden />}
      >
        {t("mark.applied.action")}
      </Button>
      <MarkDialog migration={migration} as="applied" open={open} onClose={() => setOpen(false)} />
    </>
  );
}
