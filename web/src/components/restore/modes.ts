import type { ModeOffer, RestoreMode, RestorePreview } from "@/api/types";
import { problemWords } from "@/components/problem-words";
import { i18n } from "@/lib/i18n";

/** What happens, in order, by the way a backup is restored. */
export const STEPS: Record<RestoreMode, readonly string[]> = {
  swap: ["safety", "new", "swap", "kept"],
  in_place: ["safety", "transaction", "exact"],
  tables: ["beside", "untouched"],
  neon: ["branch", "look", "finalize"],
};

/** Whether the way replaces what is there, so that the name has to be typed. */
export function replaces(mode: RestoreMode): boolean {
  return mode === "swap" || mode === "in_place";
}

/** The way that is proposed: the first that is possible. */
export function proposed({ modes }: RestorePreview): RestoreMode | null {
  return modes.find(({ possible }) => possible)?.mode ?? null;
}

/** Why a way is not possible and what to do about it, as an error with that reason says it. */
export function reasonWords({ code, params, reason }: Omit<ModeOffer, "mode" | "possible">) {
  const refused = { code: "refused", details: { ...params, reason: code } };
  const known = i18n.exists(`because.refused.${code}.title`);
  const named = known ? refused : { code: code ?? "refused", details: params };
  const { title, hint } = problemWords({ message: reason ?? "", hint: null, ...named });
  return [title, hint].filter(Boolean).map(sentence).join(" ");
}

function sentence(text: string | null): string {
  return /[.!?]$/.test(text ?? "") ? `${text}` : `${text}.`;
}

/** Rows that are there now and would not be after the restore, as far as they were counted. */
export function rowsLost({ tables }: RestorePreview): number {
  return tables.reduce((sum, table) => sum + lostOf(table), 0);
}

function lostOf({ rows_now: now, rows_then: then }: RestorePreview["tables"][number]): number {
  return now === null ? 0 : Math.max(0, now - (then ?? 0));
}

/** Rows written since the backup by the server's statistics; null where they began anew. */
export function writesSince({ tables }: RestorePreview): number | null {
  const known = tables.filter(({ rows_then: then }) => then !== null);
  if (known.some(({ writes_since: writes }) => writes === null)) return null;
  return known.reduce((sum, { writes_since: writes }) => sum + (writes ?? 0), 0);
}
