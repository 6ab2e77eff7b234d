import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Plan } from "@/api/types";
import { Ddl } from "@/components/changes/ddl";
import { ChangeTree } from "@/components/changes/tree";
import { EmptyState } from "@/components/states";
import { TabPanel, Tabs } from "@/components/tabs";
import { useEnvironment } from "@/lib/environment";
import { RehearsalReport } from "./rehearsal-report";
import { Statements } from "./statements";
import { PLAN_TABS } from "./tab-names";

interface PlanTabsProps {
  plan: Plan;
  /** Try the same on the rows of the database; null where the plan cannot be asked for again. */
  onRows: (() => void) | null;
}

/** The same plan, looked at in four ways; which one is part of the address. */
export function PlanTabs({ plan, onRows }: PlanTabsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const environment = useEnvironment().name;
  const { tab = "changes" } = useSearch({ from: "/$environment/preview/$plan" });
  const counts = { changes: plan.changes.length, statements: plan.statements.length };
  return (
    <Tabs
      label={t("preview.views")}
      value={tab}
      onChange={(next) =>
        void navigate({
          to: "/$environment/preview/$plan",
          params: { environment, plan: plan.plan_id },
          search: { tab: next },
          replace: true,
        })
      }
      tabs={PLAN_TABS.map((name) => ({
        name,
        word: (
          <>
            {t(`preview.tab.${name}`)}
            {name in counts && (
              <span className="figures ml-1.5 font-normal text-ink-3">
                {counts[name as keyof typeof counts]}
              </span>
            )}
          </>
        ),
      }))}
    >
      <TabPanel name="changes">
        {plan.changes.length > 0 ? (
          <ChangeTree changes={plan.changes} losses={plan.losses} />
        ) : (
          <EmptyState title={t("change.none")}>{t("change.none_hint")}</EmptyState>
        )}
      </TabPanel>
      <TabPanel name="ddl">
        <Ddl ddl={plan.ddl} about={t("ddl.about")} names={[t("ddl.before"), t("ddl.after")]} />
      </TabPanel>
      <TabPanel name="statements">
        <Statements plan={plan} />
      </TabPanel>
      <TabPanel name="rehearsal">
        <RehearsalReport plan={plan} onRows={onRows} />
      </TabPanel>
    </Tabs>
  );
}
