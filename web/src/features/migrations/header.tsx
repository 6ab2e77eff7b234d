import { Link } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Migration } from "@/api/types";
import { MigrationBadge } from "@/components/badges";
import { PageHeader } from "@/components/card";
import { useEnvironment } from "@/lib/environment";

interface MigrationHeaderProps {
  migration: Migration;
  note?: ReactNode;
  actions?: ReactNode;
}

export function MigrationHeader({ migration, note, actions }: MigrationHeaderProps) {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  return (
    <div className="flex flex-col gap-1">
      <Link
        to="/$environment/migrations"
        params={{ environment }}
        className="-ml-1 inline-flex min-h-6 items-center gap-0.5 self-start text-sm text-ink-2 no-underline hover:text-ink"
      >
        <ChevronLeft size={15} aria-hidden />
        {t("nav.migrations")}
      </Link>
      <PageHeader
        title={<span className="wrap-anywhere">{migration.name}</span>}
        about={
          <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <MigrationBadge state={migration.state} />
            <span className="font-mono text-sm wrap-anywhere">
              {migration.file ?? migration.version}
            </span>
            {note}
          </span>
        }
        actions={actions}
      />
    </div>
  );
}
