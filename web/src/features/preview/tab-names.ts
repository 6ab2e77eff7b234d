export const PLAN_TABS = ["changes", "ddl", "statements", "rehearsal"] as const;

export type PlanTab = (typeof PLAN_TABS)[number];

export function isPlanTab(value: unknown): value is PlanTab {
  return PLAN_TABS.some((tab) => tab === value);
}
