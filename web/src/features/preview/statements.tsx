import { Link } from "@tanstack/react-router";
import { CircleX } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Plan, Statement } from "@/api/types";
import { SqlBlock } from "@/components/sql-block";
import { useEnvironment } from "@/lib/environment";
import { useFormat } from "@/lib/use-format";
import { hasRows } from "./plan-words";
import { TraceOf } from "./trace";

interface StatementItemProps {
  statement: Statement;
  /** Done before, so that it is not run again. */
  done: boolean;
}

function StatementItem({ statement, done }: StatementItemProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const environment = useEnvironment().name;
  const { line, version, duration_ms: duration, rows, error } = statement;
  return (
    <li className="flex flex-col gap-1.5 px-4 py-3">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm text-ink-2">
        <Link
          to="/$environment/migrations/$version"
          params={{ environment, version }}
          search={{ line }}
          className="text-accent underline-offset-2 hover:underline"
        >
          {t("statement.line", { line })}
        </Link>
        {!statement.transactional && <span>{t("statement.outside")}</span>}
        {rows !== null && <span>{t("statement.rows", { count: rows })}</span>}
        <span className="figures ml-auto font-medium text-ink">
          {done
            ? t("statement.done_before")
            : duration === null
              ? t("statement.not_run")
              : format.duration(duration)}
        </span>
      </div>
      <SqlBlock text={statement.sql} />
      <TraceOf statement={statement} />
      {error && (
        <p className="flex gap-2 font-mono text-sm text-del wrap-anywhere">
          <CircleX size={16} aria-hidden className="mt-0.5 shrink-0" />
          {error.message} ({t("statement.at", { line: error.line, column: error.column })})
        </p>
      )}
    </li>
  );
}

/** Every statement in its order, with the time it took in the rehearsal. */
export function Statements({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  return (
    <div>
      {plan.rehearsal.place !== "text" && (
        <p className="px-4 pt-3 text-sm text-ink-2">
          {t(hasRows(plan) ? "statement.measured_rows" : "statement.measured")}
        </p>
      )}
      {plan.migrations.map(({ version, name, statements_done: before = 0 }) => (
        <section key={version}>
          <h3 className="flex flex-wrap items-baseline gap-x-3 px-4 pt-4 pb-1">
            <span className="font-semibold">{name}</span>
            <span className="font-mono text-xs text-ink-3">{version}</span>
          </h3>
          <ol className="divide-y divide-line border-b border-line last:border-b-0">
            {plan.statements
              .filter((statement) => statement.version === version)
              .map((statement, index) => (
                <StatementItem
                  key={statement.index}
                  statement={statement}
                  done={plan.kind !== "undo" && index < before}
                />
              ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
