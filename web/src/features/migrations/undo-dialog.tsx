import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStartPlan } from "@/api/preview";
import type { Migration } from "@/api/types";
import { MigrationBadge } from "@/components/badges";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Notice } from "@/components/notice";
import { ErrorState, Loaded } from "@/components/states";
import { Ago } from "@/components/time";
import { useEnvironment } from "@/lib/environment";
import { appliedQuery } from "./api";
import { choiceOf, endsWayBack } from "./undo-choice";

const SHOWN = 8;

interface ChoicesProps {
  applied: readonly Migration[];
  chosen: string | null;
  onChoose: (version: string) => void;
}

/** The applied migrations, newest first; choosing one means going back behind it. */
function Choices({ applied, chosen, onChoose }: ChoicesProps) {
  const { t } = useTranslation();
  const at = applied.findIndex(({ version }) => version === chosen);
  const [shown, setShown] = useState(Math.max(SHOWN, at + 1));
  const end = applied.findIndex(endsWayBack);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-2 font-medium">{t("undo.how_far")}</legend>
      <ul className="overflow-hidden rounded-md border border-line">
        {applied.slice(0, shown).map((one, index) => {
          const closed = end >= 0 && index >= end;
          return (
            <li key={one.version} className="border-t border-line first:border-t-0">
              <label
                className={clsx(
                  "flex items-center gap-3 px-3 py-2",
                  closed ? "text-ink-3" : "cursor-pointer",
                  index <= at ? "bg-del-soft" : !closed && "hover:bg-sunken",
                )}
              >
                <input
                  type="radio"
                  name="undo"
                  value={one.version}
                  checked={one.version === chosen}
                  disabled={closed}
                  onChange={() => onChoose(one.version)}
                  className="size-4 shrink-0 accent-accent"
                />
                <span className="min-w-0 flex-1">
                  <span
                    className={clsx("block truncate font-medium", index <= at && "line-through")}
                  >
                    {one.name}
                  </span>
                  <span className="block font-mono text-xs text-ink-3">{one.version}</span>
                </span>
                <span className="text-sm text-ink-2">
                  {index === end ? (
                    t(one.state === "baseline" ? "undo.is_baseline" : "undo.no_down")
                  ) : one.state !== "applied" ? (
                    <MigrationBadge state={one.state} />
                  ) : (
                    one.applied_at && <Ago at={one.applied_at} />
                  )}
                </span>
              </label>
            </li>
          );
        })}
      </ul>
      {shown < applied.length && (
        <Button small look="quiet" className="self-start" onClick={() => setShown(shown + 20)}>
          {t("more")}
        </Button>
      )}
    </fieldset>
  );
}

interface UndoDialogProps {
  open: boolean;
  onClose: () => void;
  /** What to go back behind; the last applied one when it is left out. */
  version?: string;
}

/** Asks how far back, and makes a plan of it; nothing is undone here. */
export function UndoDialog({ open, onClose, version }: UndoDialogProps) {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const query = useQuery({ ...appliedQuery(environment), enabled: open });
  const start = useStartPlan(environment);
  const [picked, setPicked] = useState<string | null>(null);
  const applied = query.data ?? [];
  const end = applied.findIndex(endsWayBack);
  const wanted = picked ?? version ?? applied[0]?.version ?? null;
  const choice = choiceOf(applied, wanted);
  const possible = choice.undone.length > 0 && (end < 0 || choice.undone.length <= end);
  const close = () => {
    setPicked(null);
    start.reset();
    onClose();
  };
  const submit = () => {
    if (possible && !start.isPending) start.mutate({ what: "undo", to: choice.to });
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={t("undo.title")}
      about={t("undo.about")}
      onSubmit={submit}
      actions={
        <Button type="submit" look="primary" disabled={!possible || start.isPending}>
          {t("undo.preview", { count: choice.undone.length })}
        </Button>
      }
    >
      <Loaded query={query} rows={4}>
        {(known) =>
          known.length === 0 ? (
            <p className="text-ink-2">{t("undo.nothing")}</p>
          ) : (
            <Choices applied={known} chosen={possible ? wanted : null} onChoose={setPicked} />
          )
        }
      </Loaded>
      {end === 0 && (
        <Notice tone="warn" title={t("undo.no_way")}>
          {t("undo.no_way_hint")}
        </Notice>
      )}
      {start.error && <ErrorState error={start.error} />}
    </Dialog>
  );
}
