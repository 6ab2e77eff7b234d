import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useOperation } from "@/api/operation";
import { isActive } from "@/api/queries";
import type { Operation } from "@/api/types";
import { Card, Page, PageHeader } from "@/components/card";
import { Failure } from "@/components/operation/failure";
import { OperationProgress } from "@/components/operation/progress";
import { ComparisonReport } from "@/components/reports/comparison";
import { comparisonOf } from "@/components/reports/results";
import { ErrorState, Loaded } from "@/components/states";
import { useEnvironment } from "@/lib/environment";
import { type Side, useCompare } from "./api";
import { Choice } from "./choice";
import { Questions } from "./questions";
import { canBeWritten, sideKey, sideOf } from "./sides";
import { WriteMigration } from "./write";

interface OutcomeProps {
  operation: Operation;
  side: Side | null;
  busy: boolean;
  onAnswer: (renames: string[]) => void;
}

function Outcome({ operation, side, busy, onAnswer }: OutcomeProps) {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const report = comparisonOf(operation);
  if (isActive(operation)) {
    return (
      <Card title={t("compare.comparing")}>
        <OperationProgress operation={operation} />
      </Card>
    );
  }
  if (operation.error) return <Failure error={operation.error} />;
  if (!report) return <p className="text-ink-2">{t(`operation.state.${operation.state}`)}</p>;
  const name = side?.name ?? operation.subject ?? "?";
  const to = side?.kind === "migrations" ? t("compare.files_of", { name }) : name;
  return (
    <>
      <Questions questions={report.rename_candidates} busy={busy} onAnswer={onAnswer} />
      <ComparisonReport report={report} names={[environment, to]} />
      {report.sql !== "" && canBeWritten(environment, side) && <WriteMigration sql={report.sql} />}
    </>
  );
}

function Known({ id, ...rest }: { id: string } & Omit<OutcomeProps, "operation">) {
  const { query } = useOperation(id);
  return (
    <Loaded query={query} rows={4}>
      {(operation) => <Outcome operation={operation} {...rest} />}
    </Loaded>
  );
}

/** This environment beside another schema: what differs, and the SQL between the two. */
export function ComparePage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const environment = useEnvironment().name;
  const { to, operation } = useSearch({ from: "/$environment/compare" });
  const compare = useCompare(environment);
  const side = sideOf(to);
  const begin = (wanted: Side, safe: boolean, renames: string[] = []) =>
    compare.mutate(
      { to: wanted, safe, renames },
      {
        onSuccess: ({ id }) =>
          void navigate({
            to: "/$environment/compare",
            params: { environment },
            search: { to: sideKey(wanted), operation: id },
          }),
      },
    );
  return (
    <Page wide>
      <PageHeader title={t("compare.title")} about={t("compare.about")} />
      <Card>
        <Choice side={side} busy={compare.isPending} onCompare={begin} />
      </Card>
      {compare.error && <ErrorState error={compare.error} />}
      {operation && (
        <Known
          key={operation}
          id={operation}
          side={side}
          busy={compare.isPending}
          onAnswer={(renames) => side && begin(side, false, renames)}
        />
      )}
    </Page>
  );
}
