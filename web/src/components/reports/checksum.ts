import type { AdoptedMigration } from "@/api/types";

export type ChecksumVerdict = "equal" | "edited" | "not_kept" | "pending";

/** What comparing the file's checksum with the other tool's record says; some tools keep none. */
export function checksumOf(one: AdoptedMigration): ChecksumVerdict {
  if (!one.applied) return "pending";
  if (one.checksum === null || one.ledger_checksum === null) return "not_kept";
  return one.checksum === one.ledger_checksum ? "equal" : "edited";
}
