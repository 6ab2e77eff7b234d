import { CircleCheckBig, CircleX } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Diagnostic } from "@/api/types";
import { LevelChip } from "@/components/badges";
import { Card } from "@/components/card";
import { Remedy } from "@/components/remedy";
import { textFor } from "@/lib/i18n";
import { useRiskWords } from "@/lib/risk-words";
import type { Judgement } from "./use-diagnostics";

interface ProblemsProps {
  judgement: Judgement;
  waiting: boolean;
  onGo: (line: number, column: number) => void;
}

function Item({ found, onGo }: { found: Diagnostic; onGo: ProblemsProps["onGo"] }) {
  const { t } = useTranslation();
  const words = useRiskWords();
  const risk = found.severity === "risk";
  const { message, remedy } = risk ? words(found.code, found) : found;
  const error = textFor(`error.${found.code}.title`, found.params, t("problems.error"));
  return (
    <li className="flex flex-col gap-1.5 border-t border-line px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        {risk ? (
          <LevelChip level={found.level ?? "low"} />
        ) : (
          <span className="inline-flex items-center gap-1.5 font-semibold text-del">
            <CircleX size={15} aria-hidden />
            {error}
          </span>
        )}
        <button
          type="button"
          onClick={() => onGo(found.line, found.column)}
          className="min-h-6 text-sm text-accent underline-offset-2 hover:underline"
        >
          {t("problems.line", { line: found.line, column: found.column })}
        </button>
      </div>
      <p className={risk ? "" : "font-mono text-sm wrap-anywhere"}>{message}</p>
      {remedy && <Remedy text={remedy} />}
    </li>
  );
}

/** Everything wrong with the text and every risk in it, each with its place and its remedy. */
export function Problems({ judgement, waiting, onGo }: ProblemsProps) {
  const { t } = useTranslation();
  const { diagnostics, failed, text } = judgement;
  const state = failed ? "problems.failed" : waiting ? "problems.checking" : "problems.checked";
  return (
    <Card
      title={t("problems.title", { count: diagnostics.length })}
      aside={<span className="text-sm text-ink-3">{t(state)}</span>}
      flush
      className="flex min-h-0 flex-col [&>div]:min-h-0 [&>div]:overflow-auto"
    >
      {diagnostics.length > 0 ? (
        <ul className="mt-1">
          {diagnostics.map((found) => (
            <Item key={`${found.code}:${found.line}:${found.column}`} found={found} onGo={onGo} />
          ))}
        </ul>
      ) : (
        text !== null && (
          <p className="flex items-center gap-2.5 p-4 pt-2 text-ink-2">
            <CircleCheckBig size={18} aria-hidden className="shrink-0 text-ok" />
            {t("problems.none")}
          </p>
        )
      )}
    </Card>
  );
}
