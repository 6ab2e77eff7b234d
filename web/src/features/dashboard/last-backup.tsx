import { Link } from "@tanstack/react-router";
import { ArchiveX } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Status } from "@/api/types";
import { BackupBadge } from "@/components/badges";
import { buttonClass } from "@/components/button";
import { Card, Fact } from "@/components/card";
import { Ago } from "@/components/time";
import { useFormat } from "@/lib/use-format";

export function LastBackup({ status }: { status: Status }) {
  const { t } = useTranslation();
  const format = useFormat();
  const backup = status.last_backup;
  const link = (
    <Link
      to="/$environment/backups"
      params={{ environment: status.environment }}
      className={buttonClass("plain", true)}
    >
      {t(backup ? "dashboard.all_backups" : "dashboard.to_backups")}
    </Link>
  );
  return (
    <Card title={t("dashboard.last_backup")} aside={link}>
      {backup ? (
        <dl className="grid grid-cols-2 gap-x-6 gap-y-4">
          <Fact name={t("backup.taken")}>
            <Ago at={backup.created_at} />
          </Fact>
          <Fact name={t("backup.state.name")}>
            <BackupBadge backup={backup} />
          </Fact>
          <Fact name={t("backup.size")}>
            {backup.size_bytes === null ? "–" : format.bytes(backup.size_bytes)}
          </Fact>
          <Fact name={t("backup.rows")}>
            <span className="figures">
              {backup.rows === null ? "–" : format.count(backup.rows)}
            </span>
          </Fact>
        </dl>
      ) : (
        <p className="flex items-center gap-3 text-ink-2">
          <ArchiveX size={22} aria-hidden className="shrink-0 text-ink-3" />
          {t("dashboard.no_backup")}
        </p>
      )}
    </Card>
  );
}
