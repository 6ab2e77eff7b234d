import { useTranslation } from "react-i18next";
import type { BaselineResult } from "@/api/types";
import { Card, Fact } from "@/components/card";
import { useFormat } from "@/lib/use-format";
import { Differences } from "./differences";
import { ReplayError } from "./replay";
import { Verdict } from "./verdict";

/** Whether the file makes the very schema that is there, and what differs where it does not. */
export function BaselineReport({ report }: { report: BaselineResult }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { changes, replay, statements, recorded } = report;
  const proven = changes.length === 0 && replay.error === null;
  return (
    <>
      <Verdict
        good={proven}
        title={t(
          recorded ? "baseline.recorded" : proven ? "baseline.proven" : "baseline.not_proven",
        )}
      >
        {t(
          recorded ? "baseline.recorded_hint" : proven ? "baseline.proven_hint" : "nothing_written",
        )}
      </Verdict>
      <ReplayError replay={replay} />
      <Card title={t("baseline.report")}>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-3">
          <div className="col-span-2 md:col-span-1">
            <Fact name={t("baseline.file")}>
              <span className="font-mono text-sm wrap-anywhere">{report.file}</span>
            </Fact>
          </div>
          <Fact name={t("migrations.column.statements")}>
            <span className="figures">{format.count(statements)}</span>
          </Fact>
          <Fact name={t("rehearsal.took")}>
            <span className="figures">{format.duration(replay.duration_ms)}</span>
          </Fact>
        </dl>
      </Card>
      {changes.length > 0 && (
        <Card title={t("differences.title", { count: changes.length })} flush>
          <Differences changes={changes} />
        </Card>
      )}
    </>
  );
}
