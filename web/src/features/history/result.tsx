import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Operation } from "@/api/types";
import { buttonClass } from "@/components/button";
import { Card } from "@/components/card";
import { Notice } from "@/components/notice";
import { Failure } from "@/components/operation/failure";
import { AdoptionReport } from "@/components/reports/adoption";
import { BaselineReport } from "@/components/reports/baseline";
import { ComparisonReport } from "@/components/reports/comparison";
import { DriftReport } from "@/components/reports/drift";
import { RestorePreviewReport } from "@/components/reports/restore-preview";
import {
  adoptionOf,
  baselineOf,
  comparisonOf,
  driftAdoptionOf,
  driftOf,
  restorePreviewOf,
  wasAdopted,
} from "@/components/reports/results";
import { ChooseRestore } from "@/components/restore/choose";
import { useEnvironment } from "@/lib/environment";
import { AdoptDrift, AdoptedDrift } from "./adopt-drift";
import { ApplyReport } from "./apply-report";
import { Good } from "./good";
import {
  applyResultOf,
  endWords,
  isAboutBackups,
  leftUntouched,
  restoreResultOf,
} from "./outcome-words";
import { Abandoned, Restored } from "./restored";
import { ToBackups } from "./to-backups";

/** What came of a comparison of schemas; null for every other kind of operation. */
function Compared({ operation }: { operation: Operation }) {
  const environment = useEnvironment().name;
  const drift = driftOf(operation);
  const adopted = driftAdoptionOf(operation);
  const comparison = comparisonOf(operation);
  if (adopted) return <AdoptedDrift report={adopted} />;
  if (drift) {
    return (
      <>
        <DriftReport report={drift} />
        {drift.changes.length > 0 && <AdoptDrift />}
      </>
    );
  }
  if (!comparison) return null;
  return <ComparisonReport report={comparison} names={[environment, operation.subject ?? "?"]} />;
}

const OF_BACKUPS: Record<
  string,
  "outcome.backed_up" | "outcome.verified" | "outcome.proven" | "outcome.imported"
> = {
  backup: "outcome.backed_up",
  verify: "outcome.verified",
  prove: "outcome.proven",
  import: "outcome.imported",
};

const COMPARING = ["drift", "drift_adopt", "comparison"];

function Succeeded({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const { kind, result } = operation;
  const plan = result?.plan_id;
  if (COMPARING.includes(kind)) return <Compared operation={operation} />;
  if (kind === "apply") return <ApplyReport operation={operation} />;
  const adoption = adoptionOf(operation);
  const baseline = baselineOf(operation);
  if (adoption) return <AdoptionReport report={adoption} done={wasAdopted(operation)} />;
  if (baseline) return <BaselineReport report={baseline} />;
  const look = restorePreviewOf(operation);
  if (look) {
    return (
      <>
        <RestorePreviewReport report={look} />
        <ChooseRestore preview={look} />
      </>
    );
  }
  const restored = restoreResultOf(operation);
  if (restored) return <Restored kind={kind} result={restored} />;
  if (kind === "abandon") return <Abandoned />;
  if (kind === "dry_run" && typeof plan === "string") {
    return (
      <Good
        title={t("outcome.previewed")}
        action={
          <Link
            to="/$environment/preview/$plan"
            params={{ environment, plan }}
            className={buttonClass("plain")}
          >
            {t("outcome.to_plan")}
          </Link>
        }
      />
    );
  }
  return (
    <Good
      title={t(OF_BACKUPS[kind] ?? "outcome.done")}
      action={kind in OF_BACKUPS && <ToBackups />}
    />
  );
}

/** What came of an operation: done, failed with what was left, or cancelled. */
export function OperationResult({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const { database } = useEnvironment();
  if (operation.state === "succeeded") return <Succeeded operation={operation} />;
  const partly = applyResultOf(operation);
  const adoption = adoptionOf(operation);
  const baseline = baselineOf(operation);
  return (
    <>
      {operation.state === "failed" && operation.error ? (
        <Failure error={operation.error}>
          {leftUntouched(operation) && (
            <p className="font-medium">{t("outcome.untouched", { name: database })}</p>
          )}
        </Failure>
      ) : (
        <Notice
          tone={operation.state === "cancelled" ? "info" : "bad"}
          title={t(`operation.state.${operation.state}`)}
        >
          {endWords(operation)}
        </Notice>
      )}
      {isAboutBackups(operation) && <ToBackups />}
      {adoption && <AdoptionReport report={adoption} done={false} />}
      {baseline && <BaselineReport report={baseline} />}
      {partly && (
        <Card title={t("outcome.left")}>
          <ApplyReport operation={operation} />
        </Card>
      )}
    </>
  );
}
