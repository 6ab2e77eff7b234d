import type { ApplyResult, Operation, RestoreResult } from "@/api/types";
import { problemWords } from "@/components/problem-words";
import { i18n } from "@/lib/i18n";

export function applyResultOf(operation: Operation): ApplyResult | null {
  const { result } = operation;
  return operation.kind === "apply" && result && "applied" in result
    ? (result as unknown as ApplyResult)
    : null;
}

const RESTORES = ["restore", "restore_undo"];

export function restoreResultOf(operation: Operation): RestoreResult | null {
  const { result } = operation;
  return RESTORES.includes(operation.kind) && result && "previous_database" in result
    ? (result as unknown as RestoreResult)
    : null;
}

/** How an operation ended, in half a line. */
export function outcomeWords(operation: Operation): string {
  const applied = applyResultOf(operation);
  if (operation.error) return problemWords(operation.error).title;
  if (applied?.undone?.length) return i18n.t("outcome.undone", { count: applied.undone.length });
  if (applied) return i18n.t("outcome.applied", { count: applied.applied.length });
  const restored = restoreResultOf(operation);
  if (restored?.mode === "neon") return i18n.t("outcome.to_look_at");
  if (restored) return i18n.t("outcome.restored", { name: restored.database });
  const { kind, subject } = operation;
  if (kind === "dry_run" && subject) return i18n.t("outcome.up_to", { version: subject });
  return subject ?? "";
}
