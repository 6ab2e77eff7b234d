import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStartPlan } from "@/api/preview";
import type { Plan } from "@/api/types";
import { Button } from "@/components/button";
import { Page, PageHeader } from "@/components/card";
import { ErrorState, Loaded } from "@/components/states";
import { Ago } from "@/components/time";
import { useEnvironment } from "@/lib/environment";
import { planQuery } from "./api";
import { ApplyDialog } from "./apply-dialog";
import { Blockers } from "./blockers";
import { blockedBy } from "./demands";
import { PlanNotices } from "./plan-notices";
import { PlanTabs } from "./plan-tabs";
import { hasRows, isOfPending, verbOf } from "./plan-words";
import { Record } from "./record";
import { RiskList } from "./risk-list";
import { Summary } from "./summary";
import { TakenBack } from "./taken-back";
import { Violations } from "./violations";
import { Waits } from "./waits";
import { WaysBack } from "./ways-back";

/** What a plan does, what it risks, what it costs; and the way to apply it. */
export function PlanPage() {
  const { plan } = useParams({ from: "/$environment/preview/$plan" });
  const environment = useEnvironment().name;
  const query = useQuery(planQuery(environment, plan));
  return (
    <Page wide>
      <Loaded query={query} rows={8}>
        {(known) => <PlanView plan={known} />}
      </Loaded>
    </Page>
  );
}

function Contents({ plan, onRows }: { plan: Plan; onRows: (() => void) | null }) {
  return (
    <>
      <Blockers plan={plan} />
      <Summary plan={plan} />
      <Violations plan={plan} />
      <TakenBack plan={plan} />
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex min-w-0 flex-col gap-5 max-xl:order-last">
          <PlanTabs plan={plan} onRows={onRows} />
          <div className="grid items-start gap-5 md:grid-cols-2">
            <Waits plan={plan} />
            <WaysBack plan={plan} />
          </div>
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <RiskList plan={plan} />
        </div>
      </div>
    </>
  );
}

function PlanView({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const environment = useEnvironment();
  const start = useStartPlan(environment.name);
  const [applying, setApplying] = useState(false);
  const count = plan.migrations.length;
  const verb = verbOf(plan);
  const again = isOfPending(plan)
    ? (onRows = hasRows(plan)) =>
        start.mutate({ what: "up", outOfOrder: (plan.out_of_order ?? []).length > 0, onRows })
    : null;
  const ready = plan.state === "ready" && blockedBy(plan) === null;
  return (
    <>
      <PageHeader
        title={t(`plan.title.${verb}`, { count, name: environment.name })}
        about={
          <span className="flex flex-wrap gap-x-2">
            <span>
              {t("preview.made")} <Ago at={plan.created_at} />
            </span>
            <span aria-hidden>·</span>
            <span className="font-mono text-sm">{plan.plan_id}</span>
          </span>
        }
        actions={
          <>
            {again && (
              <Button disabled={start.isPending} onClick={() => again()}>
                {t("preview.again")}
              </Button>
            )}
            {plan.state === "ready" && (
              <Button look="class" disabled={!ready} onClick={() => setApplying(true)}>
                {t(`plan.button.${verb}`, { count, name: environment.name })}
              </Button>
            )}
          </>
        }
      />
      {start.error && <ErrorState error={start.error} />}
      <PlanNotices plan={plan} onAgain={again && (() => again())} />
      {verb === "mark" ? (
        <Record plan={plan} />
      ) : (
        <Contents plan={plan} onRows={again && (() => again(true))} />
      )}
      <ApplyDialog plan={plan} open={applying} onClose={() => setApplying(false)} />
    </>
  );
}
