import type { ApplyResult, Operation, RestoreResult } from "@/api/types";
import { problemWords } from "@/components/problem-words";
import { i18n } from "@/lib/i18n";

export function applyResultOf(operation: Operation): ApplyResult | null {
  const { result } = operation;
  return operation.kind === "apply" && result && "applied" in result
    ? (result as unknown as ApplyResult)
    : null;
}

const RESTORES = ["restore", "restore_undo", "finalize"];

/** What an operation about backups leaves behind when it does not come to its end. */
const LEAVES: Record<string, "backup" | "reading" | "restore"> = {
  backup: "backup",
  import: "backup",
  verify: "reading",
  prove: "reading",
  restore_preview: "reading",
  restore: "restore",
  restore_undo: "restore",
  finalize: "restore",
};

export function isAboutBackups({ kind }: Operation): boolean {
  return kind in LEAVES || kind === "abandon";
}

// Those say themselves how the database was left, or nobody can say it.
const TELLING = ["restore_failed", "restore_unknown", "internal_error", "interrupted"];

/** Whether a restore failed before it did anything to the database, and its error does not say so. */
export function leftUntouched({ kind, error }: Operation): boolean {
  return kind === "restore" && error !== null && !TELLING.includes(error.code);
}

/** What is true now after an operation that was cancelled, or whose Vado was ended. */
export function endWords({ kind, state }: Operation): string {
  const end = state === "cancelled" ? "cancelled" : "interrupted";
  const leaves = LEAVES[kind];
  return i18n.t(leaves ? `outcome.${end}_${leaves}` : `outcome.${end}`);
}

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
  const name = restored?.database;
  if (operation.kind === "restore" && restored?.mode === "neon") {
    return i18n.t("outcome.put_beside", { name });
  }
  if (restored?.schema) return i18n.t("outcome.restored_beside", { schema: restored.schema });
  if (restored) return i18n.t("outcome.restored", { name });
  const { kind, subject } = operation;
  if (kind === "dry_run" && subject) return i18n.t("outcome.up_to", { version: subject });
  return subject ?? "";
}
