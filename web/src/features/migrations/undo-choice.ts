import type { Migration } from "@/api/types";

interface Choice {
  /** What would be undone, newest first. */
  undone: readonly Migration[];
  /** The version that stays on top; "0" when none does, null for the last migration alone. */
  to: string | null;
}

/** What choosing a migration to go back behind means: it and everything above it. */
export function choiceOf(applied: readonly Migration[], version: string | null): Choice {
  const index = applied.findIndex((one) => one.version === version);
  if (index < 0) return { undone: [], to: null };
  const to = index === 0 ? null : (applied[index + 1]?.version ?? "0");
  return { undone: applied.slice(0, index + 1), to };
}

/**
 * Whether going back ends at this migration for good. Of a file that is not the one that was
 * applied nothing is known here: the ledger keeps the way back, and the server knows it.
 */
export function endsWayBack({ state, has_down }: Migration): boolean {
  return state === "baseline" || (state === "applied" && !has_down);
}
