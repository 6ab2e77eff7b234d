import { Link, useParams } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useOperation } from "@/api/operation";
import { isActive } from "@/api/queries";
import type { Operation } from "@/api/types";
import { OperationBadge } from "@/components/badges";
import { Card, Fact, Page, PageHeader } from "@/components/card";
import { OperationLog, OperationProgress } from "@/components/operation/progress";
import { kindWords } from "@/components/operation/words";
import { Loaded } from "@/components/states";
import { Ago } from "@/components/time";
import { useEnvironment } from "@/lib/environment";
import { useFormat } from "@/lib/use-format";
import { OperationResult } from "./result";

function Subject({ subject }: { subject: string }) {
  const environment = useEnvironment().name;
  if (!subject.startsWith("plan_")) return <span className="wrap-anywhere">{subject}</span>;
  return (
    <Link
      to="/$environment/preview/$plan"
      params={{ environment, plan: subject }}
      className="font-mono text-sm text-accent underline-offset-2 hover:underline"
    >
      {subject}
    </Link>
  );
}

function Facts({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { started_at: started, finished_at: finished, subject } = operation;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4">
      <Fact name={t("operation.when")}>
        <Ago at={operation.created_at} />
      </Fact>
      <Fact name={t("operation.took")}>
        {started && finished ? format.duration(Date.parse(finished) - Date.parse(started)) : "–"}
      </Fact>
      <Fact name={t("operation.actor")}>{operation.actor}</Fact>
      <Fact name={t("operation.subject")}>{subject ? <Subject subject={subject} /> : "–"}</Fact>
    </dl>
  );
}

/** One operation: how far it is while it runs, what came of it afterwards. */
export function OperationPage() {
  const { t } = useTranslation();
  const { operation: id } = useParams({ from: "/$environment/operations/$operation" });
  const environment = useEnvironment().name;
  const { query, operation, log } = useOperation(id);
  return (
    <Page>
      <div className="flex flex-col gap-1">
        <Link
          to="/$environment/history"
          params={{ environment }}
          className="-ml-1 inline-flex min-h-6 items-center gap-0.5 self-start text-sm text-ink-2 no-underline hover:text-ink"
        >
          <ChevronLeft size={15} aria-hidden />
          {t("nav.history")}
        </Link>
        <PageHeader
          title={operation ? kindWords(operation.kind) : t("operation.one")}
          about={
            operation && (
              <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
                <OperationBadge state={operation.state} />
                <span className="font-mono text-sm">{operation.id}</span>
              </span>
            )
          }
        />
      </div>
      <Loaded query={query} rows={5}>
        {(known) => (
          <>
            {isActive(known) ? (
              <Card title={t("operation.progress")}>
                <OperationProgress operation={known} />
              </Card>
            ) : (
              <OperationResult operation={known} />
            )}
            <Card title={t("operation.about")}>
              <Facts operation={known} />
            </Card>
            {log.length > 0 && (
              <Card title={t("operation.log")}>
                <OperationLog lines={log} />
              </Card>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}
