import { CircleX } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Tried } from "@/api/types";
import { Card } from "@/components/card";
import { ChangeTree } from "@/components/changes/tree";
import { problemWords } from "@/components/problem-words";
import { textFor } from "@/lib/i18n";
import { useFormat } from "@/lib/use-format";
import type { Trial } from "./use-trial";

type Go = (line: number, column: number) => void;

/** What holds for every try, and would be said each time. */
const ALWAYS = ["no_rows", "privileges_not_tried"];

function Limits({ of }: { of: Tried["limits"] }) {
  const told = of.filter(({ code }) => !ALWAYS.includes(code));
  if (told.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 border-t border-line px-4 py-2.5 text-sm text-ink-2">
      {told.map(({ code, params, message }) => (
        <li key={message}>{textFor(`rehearsal.limit.${code}`, params, message)}</li>
      ))}
    </ul>
  );
}

function Outcome({ tried, onGo }: { tried: Tried; onGo: Go }) {
  const { t } = useTranslation();
  const { error, changes, limits } = tried;
  return (
    <>
      {error && (
        <div className="flex gap-2 border-t border-line px-4 py-2.5">
          <CircleX size={16} aria-hidden className="mt-0.5 shrink-0 text-del" />
          <div className="min-w-0">
            <p className="font-mono text-sm wrap-anywhere">{error.message}</p>
            {error.hint && <p className="text-sm text-ink-2">{error.hint}</p>}
            <button
              type="button"
              onClick={() => onGo(error.line, error.column)}
              className="min-h-6 text-sm text-accent underline-offset-2 hover:underline"
            >
              {t("problems.line", { line: error.line, column: error.column })}
            </button>
          </div>
        </div>
      )}
      {changes.length > 0 ? (
        <div className="border-t border-line">
          {error && <p className="px-4 pt-2.5 text-sm text-ink-2">{t("trial.before_error")}</p>}
          <ChangeTree changes={changes} />
        </div>
      ) : (
        !error && <p className="px-4 pb-3 text-ink-2">{t("trial.no_change")}</p>
      )}
      <Limits of={limits} />
    </>
  );
}

interface TrialPanelProps {
  trial: Trial;
  /** Another text than the one that was tried is on the screen. */
  waiting: boolean;
  onGo: Go;
}

/** What the text would do, tried on a copy while it is written. */
export function TrialPanel({ trial, waiting, onGo }: TrialPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { tried, problem } = trial;
  const state = waiting
    ? t("trial.trying")
    : tried && t("trial.tried", { time: format.duration(tried.duration_ms) });
  return (
    <Card
      title={t("trial.title")}
      aside={<span className="figures text-sm text-ink-3">{state}</span>}
      flush
      className="shrink-0"
    >
      {tried && <Outcome tried={tried} onGo={onGo} />}
      {problem && (
        <p className="px-4 pb-3 text-sm text-ink-2 wrap-anywhere">
          {problemWords(problem).title}: {problem.message}
        </p>
      )}
      {!tried && !problem && <p className="px-4 pb-3 text-sm text-ink-2">{t("trial.about")}</p>}
    </Card>
  );
}
