import { useQuery } from "@tanstack/react-query";
import { Link, Navigate, useSearch } from "@tanstack/react-router";
import { FlaskConical } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOperation } from "@/api/operation";
import { useStartPreview } from "@/api/preview";
import { isActive, operationsQuery, statusQuery } from "@/api/queries";
import { Button, buttonClass } from "@/components/button";
import { Card, Page, PageHeader } from "@/components/card";
import { Failure } from "@/components/operation/failure";
import { OperationProgress } from "@/components/operation/progress";
import { EmptyState, ErrorState, Loaded, Loading } from "@/components/states";
import { useEnvironment } from "@/lib/environment";
import { plansQuery } from "./api";
import { PlaceChoice } from "./place-choice";

/** The preview while it is made; it leads to its plan as soon as there is one. */
function Making({ id, what }: { id: string; what: string | undefined }) {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const { query, operation } = useOperation(id);
  const start = useStartPreview(environment);
  if (!operation) return query.error ? <ErrorState error={query.error} /> : <Loading />;
  const plan = operation.result?.plan_id;
  if (operation.state === "succeeded" && typeof plan === "string") {
    return <Navigate replace to="/$environment/preview/$plan" params={{ environment, plan }} />;
  }
  if (isActive(operation)) {
    return (
      <Card title={t("preview.making")}>
        <OperationProgress operation={operation} />
      </Card>
    );
  }
  return (
    <>
      {operation.error && (
        <Failure
          error={operation.error}
          // Only what is pending can be asked for anew without knowing what was chosen before.
          {...(what === undefined && { retry: () => start.mutate() })}
        />
      )}
      {!operation.error && (
        <EmptyState
          title={t(
            `preview.ended.${operation.state === "cancelled" ? "cancelled" : "interrupted"}`,
          )}
          action={
            what === undefined && (
              <Button look="primary" onClick={() => start.mutate()}>
                {t("preview.again")}
              </Button>
            )
          }
        />
      )}
      {what !== undefined && (
        <Link
          to="/$environment/migrations"
          params={{ environment }}
          className={`${buttonClass("plain")} self-start`}
        >
          {t("plan.to_migrations")}
        </Link>
      )}
      {start.error && <ErrorState error={start.error} />}
    </>
  );
}

/** No preview on the way: the newest plan if it still holds, else the offer to make one. */
function Offer() {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const plans = useQuery(plansQuery(environment));
  const status = useQuery(statusQuery(environment));
  const start = useStartPreview(environment);
  const [onRows, setOnRows] = useState(false);
  const newest = plans.data?.items[0];
  // Somebody who goes to the preview wants what is pending, not an undo of the other day.
  const back = newest?.migrations.some(({ direction }) => direction === "down");
  if (newest?.state === "ready" && !back) {
    const plan = newest.plan_id;
    return <Navigate replace to="/$environment/preview/$plan" params={{ environment, plan }} />;
  }
  return (
    <Loaded query={plans}>
      {() => (
        <Loaded query={status}>
          {({ pending }) => (
            <>
              <EmptyState
                icon={<FlaskConical size={36} aria-hidden />}
                title={t("preview.offer", { count: pending.length })}
                action={
                  pending.length > 0 && (
                    <>
                      <PlaceChoice onRows={onRows} onChange={setOnRows} />
                      <Button
                        look="primary"
                        disabled={start.isPending}
                        onClick={() => start.mutate(onRows)}
                      >
                        {t("preview.run", { count: pending.length })}
                      </Button>
                    </>
                  )
                }
              >
                {t(pending.length > 0 ? "preview.offer_hint" : "preview.nothing_hint")}
              </EmptyState>
              {start.error && <ErrorState error={start.error} />}
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

export function PreviewPage() {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const { operation, what } = useSearch({ from: "/$environment/preview" });
  const running = useQuery(operationsQuery).data?.items.find(
    (one) => one.kind === "dry_run" && one.environment === environment && isActive(one),
  );
  const shown = operation ?? running?.id;
  return (
    <Page>
      <PageHeader title={t("nav.preview")} />
      {shown ? <Making key={shown} id={shown} what={what} /> : <Offer />}
    </Page>
  );
}
