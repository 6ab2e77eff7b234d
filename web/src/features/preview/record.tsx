import { ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Plan, RecordChange } from "@/api/types";
import { Card } from "@/components/card";
import { LeftBehind } from "@/components/half-done/steps";
import { Notice } from "@/components/notice";
import { SqlBlock } from "@/components/sql-block";
import { textFor } from "@/lib/i18n";

function state(name: string | null): string {
  return textFor(`record.state.${name ?? "none"}`, {}, name ?? "–");
}

/** What the mark claims of a half-done migration although it is not so. */
function Claimed({ change }: { change: RecordChange }) {
  const { t } = useTranslation();
  const { not_done: missing = [], left_behind: left = [], before, after } = change;
  if (before !== "partial") return null;
  if (after !== "applied") {
    return (
      <Notice tone="warn" title={t("record.stays.title")}>
        {t("record.stays.hint")}
        <LeftBehind names={left} marked />
      </Notice>
    );
  }
  if (missing.length === 0 && left.length === 0) return null;
  return (
    <Notice tone="warn" title={t("record.not_done", { count: missing.length })}>
      <div className="flex flex-col gap-2 pt-1">
        {missing.map((sql) => (
          <SqlBlock key={sql} text={sql} copy />
        ))}
        <LeftBehind names={left} marked />
      </div>
    </Notice>
  );
}

/** A plan that runs nothing: what the ledger says now, and what it will say. */
export function Record({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  return (
    <Card title={t("record.title")} flush>
      <p className="px-4 pb-3 text-ink-2">{t("record.about")}</p>
      <ul>
        {(plan.record ?? []).map((change) => (
          <li key={change.version} className="flex flex-col gap-3 border-t border-line px-4 py-3">
            <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
              <span className="min-w-0">
                <span className="block font-medium wrap-anywhere">{change.name}</span>
                <span className="block font-mono text-xs text-ink-3">{change.version}</span>
              </span>
              <span className="flex flex-wrap items-center gap-2 sm:ml-auto">
                <span className="text-ink-2">{state(change.before)}</span>
                <ArrowRight size={16} aria-label="→" className="text-ink-3" />
                <strong className="font-semibold">{state(change.after)}</strong>
              </span>
            </p>
            <Claimed change={change} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
