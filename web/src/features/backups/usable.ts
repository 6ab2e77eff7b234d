import type { Backup } from "@/api/types";

/** Whether a backup can take the place of the database. */
export function canRestore(backup: Backup): boolean {
  return backup.available && ["ready", "verified", "proven"].includes(backup.state);
}

/** Whether it is worth reading: also one that failed, whose right file may have been put back. */
export function canVerify({ state, error }: Backup): boolean {
  return state !== "creating" && state !== "deleting" && (state !== "failed" || error !== null);
}
