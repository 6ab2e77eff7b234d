import { Link } from "@tanstack/react-router";
import { MessageSquareQuote, ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Plan, Risk } from "@/api/types";
import { LevelChip } from "@/components/badges";
import { Card } from "@/components/card";
import { Remedy } from "@/components/remedy";
import { useEnvironment } from "@/lib/environment";
import { useRiskWords } from "@/lib/risk-words";
import { gravestFirst, isAllowed } from "./demands";

function RiskItem({ risk, name }: { risk: Risk; name: string }) {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const { message, remedy } = useRiskWords()(risk.rule, risk);
  return (
    <li className="flex flex-col gap-2 border-t border-line px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <LevelChip level={risk.level} />
        <span className="font-mono text-xs text-ink-3">{risk.rule}</span>
      </div>
      <p>{message}</p>
      <Link
        to="/$environment/migrations/$version"
        params={{ environment, version: risk.version }}
        search={{ line: risk.line }}
        className="self-start text-sm text-accent underline-offset-2 wrap-anywhere hover:underline"
      >
        {t("risk.place", { name, line: risk.line })}
      </Link>
      {risk.suppressed ? (
        <p className="flex gap-2 text-sm text-ink-2">
          <MessageSquareQuote size={15} aria-hidden className="mt-0.5 shrink-0 text-ink-3" />
          <span className="min-w-0 wrap-anywhere">{risk.suppressed}</span>
        </p>
      ) : (
        remedy && <Remedy text={remedy} />
      )}
    </li>
  );
}

function Items({ risks, plan }: { risks: readonly Risk[]; plan: Plan }) {
  const names = new Map(plan.migrations.map(({ version, name }) => [version, name]));
  return (
    <ul className="mt-1">
      {gravestFirst(risks).map((risk) => (
        <RiskItem
          key={`${risk.rule} ${risk.version} ${risk.line}:${risk.column}`}
          risk={risk}
          name={names.get(risk.version) ?? risk.version}
        />
      ))}
    </ul>
  );
}

/** Every risk, gravest first, each with its place and the safer way; what a file allows is apart. */
export function RiskList({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const open = plan.risks.filter((risk) => !isAllowed(risk));
  const allowed = plan.risks.filter(isAllowed);
  return (
    <>
      <Card title={t("risk.title", { count: open.length })} flush>
        {open.length === 0 ? (
          <p className="flex items-center gap-2.5 p-4 pt-2 text-ink-2">
            <ShieldCheck size={20} aria-hidden className="shrink-0 text-ok" />
            {t(allowed.length > 0 ? "risk.none_else" : "risk.none")}
          </p>
        ) : (
          <Items risks={open} plan={plan} />
        )}
      </Card>
      {allowed.length > 0 && (
        <Card title={t("risk.allowed", { count: allowed.length })} flush>
          <p className="px-4 pb-2.5 text-sm text-ink-2">{t("risk.allowed_about")}</p>
          <Items risks={allowed} plan={plan} />
        </Card>
      )}
    </>
  );
}
