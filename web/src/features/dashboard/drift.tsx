import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { CircleCheck, CircleDashed, ScanSearch, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { api, request } from "@/api/client";
import { announce, isActive } from "@/api/queries";
import type { DriftResult, Operation } from "@/api/types";
import { Button, buttonClass } from "@/components/button";
import { Card } from "@/components/card";
import { outermost } from "@/components/changes/outermost";
import { driftOf } from "@/components/reports/results";
import { ErrorState } from "@/components/states";
import { Ago } from "@/components/time";
import { useEnvironment } from "@/lib/environment";
import { textFor } from "@/lib/i18n";
import { driftQuery, lastDriftQuery } from "./api";

const SHOWN = 5;

const STANDS = {
  changed: { icon: TriangleAlert, ink: "text-warn" },
  unchanged: { icon: CircleCheck, ink: "text-ok" },
  unknown: { icon: CircleDashed, ink: "text-ink-3" },
} as const;

/** What was found the last time that somebody looked. */
function Found({ operation, report }: { operation: Operation; report: DriftResult }) {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const objects = outermost(report.changes);
  return (
    <div className="mt-3 flex flex-col gap-2 border-t border-line pt-3">
      <p className="text-ink-2">
        {objects.length > 0 ? t("drift.differs", { count: objects.length }) : t("drift.as_files")}{" "}
        <span className="text-sm text-ink-3">
          (<Ago at={operation.finished_at ?? operation.created_at} />)
        </span>
      </p>
      <ul className="flex flex-col gap-1">
        {objects.slice(0, SHOWN).map(({ kind, identity, action }) => (
          <li key={`${kind} ${identity}`} className="flex flex-wrap items-baseline gap-x-2">
            <span className="text-sm text-ink-2">{textFor(`kind.${kind}`, {}, kind)}</span>
            <span className="font-mono text-sm wrap-anywhere">{identity}</span>
            <span className="text-sm text-ink-3">{t(`drift.action.${action}`)}</span>
          </li>
        ))}
      </ul>
      {objects.length > 0 && (
        <Link
          to="/$environment/operations/$operation"
          params={{ environment, operation: operation.id }}
          className={`${buttonClass("plain", true)} self-start`}
        >
          {t("drift.show")}
        </Link>
      )}
    </div>
  );
}

/** Whether somebody changed the schema without a migration, and the way to find out what. */
export function Drift() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const environment = useEnvironment().name;
  const known = useQuery(driftQuery(environment)).data;
  const last = useQuery(lastDriftQuery(environment)).data;
  const look = useMutation({
    mutationFn: () => request(api.POST("/api/drift", { params: { query: { environment } } })),
    onSuccess: async (operation) => {
      await announce(client, operation);
      await navigate({
        to: "/$environment/operations/$operation",
        params: { environment, operation: operation.id },
      });
    },
  });
  const stand = known?.expected ? (known.drifted ? "changed" : "unchanged") : "unknown";
  const { icon: Icon, ink } = STANDS[stand];
  const report = last && driftOf(last);
  return (
    <Card
      title={t("drift.title")}
      className={stand === "changed" ? "border-warn!" : ""}
      aside={
        <Button
          small
          disabled={look.isPending || (last !== undefined && last !== null && isActive(last))}
          onClick={() => look.mutate()}
          icon={<ScanSearch size={14} aria-hidden />}
        >
          {t("drift.look")}
        </Button>
      }
    >
      {known === undefined ? (
        <p className="text-ink-2">{t("drift.reading")}</p>
      ) : (
        <p className="flex gap-2.5">
          <Icon size={18} aria-hidden className={`mt-0.5 shrink-0 ${ink}`} />
          <span className="min-w-0">{t(`drift.since.${stand}`)}</span>
        </p>
      )}
      {last && report && <Found operation={last} report={report} />}
      {look.error && <ErrorState error={look.error} />}
    </Card>
  );
}
