import { useTranslation } from "react-i18next";
import type { ComparisonResult } from "@/api/types";
import { Card } from "@/components/card";
import { CopyButton } from "@/components/copy-button";
import { SqlBlock } from "@/components/sql-block";
import { NotCompared } from "./not-compared";
import { TwoSides } from "./two-sides";
import { Unproven } from "./unproven";
import { Verdict } from "./verdict";

interface ComparisonReportProps {
  report: ComparisonResult;
  names: [from: string, to: string];
}

/** Whether the SQL was tried, and whether the two were equal behind it. */
function Proof({ report }: { report: ComparisonResult }) {
  const { t } = useTranslation();
  const { proof, complete } = report;
  const said = proof.equal === null ? "not_tried" : complete ? "proven" : "not_all";
  return (
    <Verdict good={said === "proven"} title={t(`generated.${said}.title`)}>
      {t(`generated.${said}.hint`)}
      {proof.limit && <p className="font-mono text-sm wrap-anywhere">{proof.limit}</p>}
    </Verdict>
  );
}

/** What makes two schemas different, and the SQL that takes the one to the other. */
export function ComparisonReport({ report, names }: ComparisonReportProps) {
  const { t } = useTranslation();
  const { equal, changes, sql, remarks } = report;
  const [from, to] = names;
  return (
    <>
      {equal ? (
        <Verdict good title={t("compare.equal", { from, to })} />
      ) : (
        <>
          <TwoSides changes={changes} ddl={report.ddl} names={names} />
          <Proof report={report} />
          <Unproven cannot={report.cannot} left={report.proof.left} />
          {sql !== "" && (
            <Card
              title={t("generated.title", { from, to })}
              aside={<CopyButton text={sql} label={t("copy.sql")} />}
            >
              <section
                // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
                tabIndex={0}
                aria-label="SQL"
                className="max-h-[32rem] overflow-auto rounded-md"
              >
                <SqlBlock text={sql} />
              </section>
            </Card>
          )}
        </>
      )}
      {remarks.length > 0 && (
        <ul className="flex flex-col gap-1 px-1 text-sm text-ink-2">
          {remarks.map(({ code, identity }) => (
            <li key={code + identity}>{t(`compare.remark.${code}`, { name: identity })}</li>
          ))}
        </ul>
      )}
      <NotCompared of={report.not_compared} />
    </>
  );
}
