import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { backupQuery } from "@/api/restores";
import type { Backup } from "@/api/types";
import { BackupBadge } from "@/components/badges";
import { Fact } from "@/components/card";
import { useEnvironment } from "@/lib/environment";
import { useFormat } from "@/lib/use-format";

/** The same, of a backup that only its id is known of; nothing until it was read. */
export function BackupFactsOf({ id }: { id: string }) {
  const backup = useQuery(backupQuery(useEnvironment().name, id)).data;
  return backup && <BackupFacts backup={backup} />;
}

/** What is in a backup, for the moment in which one decides about it. */
export function BackupFacts({ backup }: { backup: Backup }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 rounded-md bg-sunken p-3 sm:grid-cols-3">
      <Fact name={t("backup.name")}>{backup.label ?? t(`backup.reason.${backup.reason}`)}</Fact>
      <Fact name={t("backup.taken")}>{format.absolute(backup.created_at)}</Fact>
      <Fact name={t("backup.state.name")}>
        <BackupBadge backup={backup} />
      </Fact>
      {/* What Neon keeps was never counted. */}
      {backup.tables !== null && (
        <Fact name={t("backup.tables")}>
          <span className="figures">{format.count(backup.tables)}</span>
        </Fact>
      )}
      {backup.rows !== null && (
        <Fact name={t("backup.rows")}>
          <span className="figures">{format.count(backup.rows)}</span>
        </Fact>
      )}
      <Fact name={t("backup.version")}>
        <span className="font-mono text-sm">{backup.ledger_version ?? "–"}</span>
      </Fact>
    </dl>
  );
}
