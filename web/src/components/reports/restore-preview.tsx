import { useTranslation } from "react-i18next";
import type { RestorePreview } from "@/api/types";
import { BackupFactsOf } from "@/components/backup-facts";
import { Notice } from "@/components/notice";
import { rowsLost, writesSince } from "@/components/restore/modes";
import { TableDifferences } from "@/components/restore/tables";
import { textFor } from "@/lib/i18n";
import { TwoSides } from "./two-sides";
import { Verdict } from "./verdict";

interface MigrationsProps {
  word: "gone" | "back";
  versions: readonly string[];
}

function Migrations({ word, versions }: MigrationsProps) {
  const { t } = useTranslation();
  if (versions.length === 0) return null;
  return (
    <p>
      {t(`restore.migrations_${word}`, { count: versions.length })}{" "}
      <span className="font-mono text-sm wrap-anywhere">{versions.join(", ")}</span>
    </p>
  );
}

/** What a restore would bring back and what it would lose, before anything is asked. */
export function RestorePreviewReport({ report }: { report: RestorePreview }) {
  const { t } = useTranslation();
  const lost = rowsLost(report);
  const written = writesSince(report);
  const title =
    lost > 0
      ? t("restore.lost", { count: lost })
      : written
        ? t("restore.written", { count: written })
        : t(written === null ? "restore.nothing_fewer_known" : "restore.nothing_fewer");
  return (
    <>
      <Verdict good={lost === 0 && written === 0 && report.changes.length === 0} title={title}>
        <p>{t("restore.only_looked")}</p>
        <Migrations word="gone" versions={report.migrations_gone} />
        <Migrations word="back" versions={report.migrations_back} />
      </Verdict>
      <BackupFactsOf id={report.backup_id} />
      {report.notes.map(({ code, message, params }) => (
        <Notice key={code}>{textFor(`restore.note.${code}`, params, message)}</Notice>
      ))}
      <TableDifferences tables={report.tables} />
      {report.changes.length > 0 && (
        <TwoSides
          changes={report.changes}
          ddl={report.ddl}
          names={[t("restore.now"), t("restore.then")]}
        />
      )}
    </>
  );
}
