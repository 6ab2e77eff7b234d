import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SqlBlock } from "./sql-block";
import { Ago } from "./time";

interface SessionFactsProps {
  pid: number;
  user: string;
  host: string;
  since?: string | null | undefined;
  application?: string | null | undefined;
  query?: string | null | undefined;
  /** What is special about it, before everything else. */
  children?: ReactNode;
}

const LINES = 4;

/** The beginning of a query: enough to know it by. */
function shortened(query: string): string {
  const lines = query.trim().split("\n");
  return lines.length > LINES ? `${lines.slice(0, LINES).join("\n")}\n…` : query.trim();
}

/** A session on the server, told so that one knows whom to talk to. */
export function SessionFacts({
  pid,
  user,
  host,
  since,
  application,
  query,
  children,
}: SessionFactsProps) {
  const { t } = useTranslation();
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        {children}
        <span className="font-medium text-ink wrap-anywhere">
          {user}@{host === "local" ? t("environment.socket") : host}
        </span>
        {application && <span className="wrap-anywhere">{application}</span>}
        <span className="figures font-mono text-sm">{t("session.pid", { pid })}</span>
        {since && (
          <span>
            {t("session.since")} <Ago at={since} />
          </span>
        )}
      </p>
      {query && <SqlBlock text={shortened(query)} />}
    </div>
  );
}
