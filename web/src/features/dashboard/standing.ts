import type { Status } from "@/api/types";

/** Whether there is a schema of which the ledger knows nothing. */
export function isUntracked({ applied_total: applied, tables, version }: Status): boolean {
  return applied === 0 && tables > 0 && version === null;
}

/** Whether something comes before a preview of what is pending, told by a notice of its own. */
export function isBlocked(status: Status): boolean {
  const first = [status.half_done ?? [], status.edited, status.missing, status.out_of_order];
  return first.some(({ length }) => length > 0) || isUntracked(status);
}
