import type { Backup } from "@/api/types";

/** Whether a backup can take the place of the database. */
export function canRestore(backup: Backup): boolean {
  return backup.available && ["ready", "verified", "proven"].includes(backup.state);
}
