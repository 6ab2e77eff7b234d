import { LEVELS, type Level, type Plan, type Requirement, type Risk } from "@/api/types";

/** A rule whose risks have to be accepted, with the risks themselves. */
export interface Acceptance {
  rule: string;
  level: Level;
  risks: Risk[];
}

export interface Demands {
  backup: boolean;
  word: string | null;
  accept: Acceptance[];
  /** Versions that are older than what is applied, where nobody has agreed to that yet. */
  late: readonly string[];
}

/** What has to be accepted for migrations to be applied behind newer ones. */
export const OUT_OF_ORDER = "out-of-order";

/** What the user is asked for before a plan is applied; the server holds to the same list. */
export function demandsOf(plan: Plan, confirmationWord: string): Demands {
  const of = (kind: Requirement["kind"]) => plan.requires.filter((one) => one.kind === kind);
  const asked = of("confirmation")[0]?.word ?? null;
  // The policy of a development database asks for nothing; losing data asks for a clear yes anywhere.
  const word = asked ?? (isDestructive(plan) ? confirmationWord : null);
  const accept = of("accept_risk").map((one) => ({
    rule: one.rule ?? "",
    level: one.level ?? "high",
    risks: plan.risks.filter((risk) => risk.rule === one.rule && isAsked(risk, plan)),
  }));
  const late = of("out_of_order").some(({ satisfied }) => !satisfied) ? plan.out_of_order : [];
  return { backup: of("backup").length > 0, word, accept: accept.sort(byLevel), late: late ?? [] };
}

function byLevel(one: Acceptance, other: Acceptance): number {
  return LEVELS.indexOf(other.level) - LEVELS.indexOf(one.level);
}

/** What the file itself allows is not asked for again, but for lost rows in production. */
function isAsked(risk: Risk, plan: Plan): boolean {
  return !isAllowed(risk) || (plan.class === "production" && risk.level === "critical");
}

/** Whether a comment in the file allows the risk, with its reason. */
export function isAllowed({ suppressed }: Risk): boolean {
  return Boolean(suppressed);
}

function isDestructive(plan: Plan): boolean {
  return (
    plan.risks.some((risk) => risk.destructive) || plan.changes.some((change) => change.destructive)
  );
}

/** Why a plan cannot be applied at all, whatever is typed; null when it can. */
export function blockedBy(plan: Plan): "failed" | "not_rehearsed" | null {
  if (plan.rehearsal.error !== null) return "failed";
  const unmet = plan.requires.some((one) => one.kind === "rehearsal" && !one.satisfied);
  return unmet ? "not_rehearsed" : null;
}

/** The risks, gravest first, in the order of the plan among equals. */
export function gravestFirst(risks: readonly Risk[]): Risk[] {
  return risks.toSorted((one, other) => LEVELS.indexOf(other.level) - LEVELS.indexOf(one.level));
}

/** The highest level of what nobody has allowed. */
export function highestLevel(risks: readonly Risk[]): Level | null {
  return gravestFirst(risks.filter((risk) => !isAllowed(risk)))[0]?.level ?? null;
}
