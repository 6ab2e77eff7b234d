import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Status } from "@/api/types";
import { OperationBadge } from "@/components/badges";
import { buttonClass } from "@/components/button";
import { Card, Fact } from "@/components/card";
import { kindWords } from "@/components/operation/words";
import { problemWords } from "@/components/problem-words";
import { Ago } from "@/components/time";
import { useFormat } from "@/lib/use-format";

export function LastOperation({ status }: { status: Status }) {
  const { t } = useTranslation();
  const format = useFormat();
  const operation = status.last_operation;
  if (!operation) {
    return (
      <Card title={t("dashboard.last_operation")}>
        <p className="text-ink-2">{t("dashboard.no_operation")}</p>
      </Card>
    );
  }
  const { started_at: started, finished_at: finished } = operation;
  return (
    <Card
      title={t("dashboard.last_operation")}
      aside={
        <Link
          to="/$environment/operations/$operation"
          params={{ environment: status.environment, operation: operation.id }}
          className={buttonClass("plain", true)}
        >
          {t("open")}
        </Link>
      }
    >
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4">
        <Fact name={t("operation.what")}>{kindWords(operation.kind)}</Fact>
        <Fact name={t("operation.state.name")}>
          <OperationBadge state={operation.state} />
        </Fact>
        <Fact name={t("operation.when")}>
          <Ago at={operation.created_at} />
        </Fact>
        <Fact name={t("operation.took")}>
          {started && finished ? format.duration(Date.parse(finished) - Date.parse(started)) : "–"}
        </Fact>
      </dl>
      {operation.error && (
        <p className="mt-3 text-sm text-del">{problemWords(operation.error).title}</p>
      )}
    </Card>
  );
}
