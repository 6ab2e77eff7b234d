import { Link } from "@tanstack/react-router";
import { Hourglass, UserCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Plan } from "@/api/types";
import { Card } from "@/components/card";
import { useEnvironment } from "@/lib/environment";
import { shortName } from "@/lib/identity";
import { estimateWords } from "./estimate-words";
import { type Wait, waitsOf } from "./who-waits";

function Item({ wait, name }: { wait: Wait; name: string }) {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  return (
    <li className="flex flex-col gap-0.5 border-t border-line px-4 py-2.5">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-mono text-sm font-medium wrap-anywhere">
          {shortName(wait.identity)}
        </span>
        <span
          className={`font-medium ${wait.blocks === "reads_and_writes" ? "text-del" : "text-warn"}`}
        >
          {t(`wait.blocks.${wait.blocks}`)}
        </span>
      </p>
      <p className="text-sm text-ink-2">{wait.held ? estimateWords(wait.held) : t("wait.short")}</p>
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
        <Link
          to="/$environment/migrations/$version"
          params={{ environment, version: wait.version }}
          search={{ line: wait.line }}
          className="text-accent underline-offset-2 wrap-anywhere hover:underline"
        >
          {t("risk.place", { name, line: wait.line })}
        </Link>
        <span className="font-mono text-xs text-ink-3">{wait.mode}</span>
      </p>
    </li>
  );
}

/** Whose work would wait while the plan is applied, as the locks of the rehearsal tell. */
export function Waits({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  // Without a trace nobody knows; "nobody waits" would be a claim.
  if (!plan.statements.some(({ trace }) => trace?.locks)) return null;
  const waits = waitsOf(plan);
  const names = new Map(plan.migrations.map(({ version, name }) => [version, name]));
  if (waits.length === 0) {
    return (
      <Card title={t("wait.title")}>
        <p className="flex items-center gap-2.5 text-ink-2">
          <UserCheck size={18} aria-hidden className="shrink-0 text-ok" />
          {t("wait.none")}
        </p>
      </Card>
    );
  }
  return (
    <Card
      title={t("wait.title")}
      aside={<Hourglass size={16} aria-hidden className="text-ink-3" />}
      flush
    >
      <p className="px-4 pb-2.5 text-sm text-ink-2">{t("wait.about")}</p>
      <ul>
        {waits.map((wait) => (
          <Item key={wait.identity} wait={wait} name={names.get(wait.version) ?? wait.version} />
        ))}
      </ul>
    </Card>
  );
}
