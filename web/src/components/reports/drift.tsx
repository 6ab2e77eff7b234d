import { useTranslation } from "react-i18next";
import type { DriftResult } from "@/api/types";
import { NotCompared } from "./not-compared";
import { ReplayError } from "./replay";
import { TwoSides } from "./two-sides";
import { Verdict } from "./verdict";

function since(report: DriftResult): "changed" | "unchanged" | "unknown" {
  const { changed_since_last_run: changed } = report;
  return changed === null ? "unknown" : changed ? "changed" : "unchanged";
}

/** What the database has otherwise than its ledger implies, object by object. */
export function DriftReport({ report }: { report: DriftResult }) {
  const { t } = useTranslation();
  const { changes, migrations, drifted, replay } = report;
  const title = replay.error
    ? t("drift.not_comparable", { version: replay.error.version ?? "?" })
    : changes.length > 0
      ? t("drift.differs", { count: changes.length })
      : drifted
        ? t("drift.as_implied")
        : t("drift.none", { count: migrations });
  return (
    <>
      <Verdict good={!drifted && replay.error === null} title={title}>
        {t(`drift.since.${since(report)}`)}
        {changes.length > 0 && <p>{t("drift.next")}</p>}
      </Verdict>
      <ReplayError replay={replay} />
      {changes.length > 0 && (
        <TwoSides
          changes={changes}
          ddl={report.ddl}
          names={[t("drift.implied"), t("drift.live")]}
        />
      )}
      <NotCompared of={report.not_compared} />
    </>
  );
}
