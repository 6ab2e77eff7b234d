import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight, RotateCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useStartPreview } from "@/api/preview";
import { statusQuery } from "@/api/queries";
import type { Status } from "@/api/types";
import { Button } from "@/components/button";
import { Card, Fact, Page, PageHeader } from "@/components/card";
import { ErrorState, Loaded } from "@/components/states";
import { Ago } from "@/components/time";
import { useEnvironment } from "@/lib/environment";
import { isSocket } from "@/lib/format";
import { useFormat } from "@/lib/use-format";
import { Conflicts } from "./conflicts";
import { Drift } from "./drift";
import { LastBackup } from "./last-backup";
import { LastOperation } from "./last-operation";
import { Pending } from "./pending";
import { isBlocked } from "./standing";
import { UndecidedNotice } from "./undecided";

function Database({ status }: { status: Status }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Card title={t("dashboard.database")}>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3">
        <Fact name={t("dashboard.version")}>
          {status.version ? (
            <Link
              to="/$environment/migrations/$version"
              params={{ environment: status.environment, version: status.version }}
              className="font-mono text-sm text-accent underline-offset-2 hover:underline"
            >
              {status.version}
            </Link>
          ) : (
            t("dashboard.no_version")
          )}
        </Fact>
        <Fact name={t("dashboard.applied")}>
          <span className="figures">{format.count(status.applied_total)}</span>
        </Fact>
        <Fact name={t("dashboard.size")}>
          <span className="figures" title={`${format.count(status.size_bytes)} B`}>
            {format.bytes(status.size_bytes)}
          </span>
        </Fact>
        <Fact name={t("dashboard.tables")}>
          <span className="figures">{format.count(status.tables)}</span>
        </Fact>
        <Fact name={t("dashboard.server")}>PostgreSQL {status.server_version}</Fact>
        <Fact name={t("dashboard.connection")}>
          <span className="font-mono text-sm wrap-anywhere">
            {status.user}@{isSocket(status.host) ? t("environment.socket") : status.host}
          </span>
        </Fact>
      </dl>
    </Card>
  );
}

function Overview({ status }: { status: Status }) {
  return (
    <>
      <Conflicts status={status} />
      <UndecidedNotice />
      <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
        <div className="flex min-w-0 flex-col gap-5">
          <Pending status={status} />
          <Database status={status} />
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          {status.initialised && <Drift />}
          <LastBackup status={status} />
          <LastOperation status={status} />
        </div>
      </div>
    </>
  );
}

/** How the database stands, and what to do next. */
export function DashboardPage() {
  const { t } = useTranslation();
  const environment = useEnvironment();
  const query = useQuery(statusQuery(environment.name));
  const start = useStartPreview(environment.name);
  const status = query.data;
  const pending = status && !isBlocked(status) ? status.pending.length : 0;
  return (
    <Page>
      <PageHeader
        title={t("dashboard.title", { name: environment.database })}
        about={
          query.dataUpdatedAt > 0 && (
            <span className="flex items-center gap-1">
              {t("dashboard.checked")} <Ago at={new Date(query.dataUpdatedAt).toISOString()} />
              <Button
                look="quiet"
                small
                aria-label={t("dashboard.check")}
                title={t("dashboard.check")}
                onClick={() => void query.refetch()}
                icon={
                  <RotateCw
                    size={14}
                    aria-hidden
                    className={query.isFetching ? "animate-spin" : ""}
                  />
                }
              />
            </span>
          )
        }
        actions={
          pending > 0 && (
            <Button look="primary" disabled={start.isPending} onClick={() => start.mutate()}>
              {t("dashboard.preview", { count: pending })}
              <ArrowRight size={16} aria-hidden />
            </Button>
          )
        }
      />
      {start.error && <ErrorState error={start.error} />}
      <Loaded query={query} rows={6}>
        {(status) => <Overview status={status} />}
      </Loaded>
    </Page>
  );
}
