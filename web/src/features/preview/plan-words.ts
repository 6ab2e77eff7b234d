import type { Plan } from "@/api/types";

export type PlanVerb = "apply" | "resume" | "undo" | "mark";

/** What applying the plan is called, so that nobody takes an undo for an apply. */
export function verbOf(plan: Pick<Plan, "kind" | "migrations">): PlanVerb {
  if (plan.kind === "mark" || plan.kind === "baseline") return "mark";
  if (plan.kind === "undo") return "undo";
  const [first] = plan.migrations;
  const half = plan.kind === "resume" || (first?.statements_done ?? 0) > 0;
  return half && plan.migrations.length === 1 ? "resume" : "apply";
}

/** Whether the plan is of what is pending, so that asking for the same again makes sense. */
export function isOfPending(plan: Pick<Plan, "kind">): boolean {
  return plan.kind === "up" || plan.kind === "resume";
}

/** Whether it was tried on the rows of the database, and not on its structure alone. */
export function hasRows({ rehearsal }: Pick<Plan, "rehearsal">): boolean {
  return rehearsal.place === "copy" || rehearsal.place === "backup";
}
