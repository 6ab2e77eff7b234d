import { expect, test } from "vitest";
import type { AdoptedMigration } from "@/api/types";
import { checksumOf } from "./checksum";

const file = (applied: boolean, checksum: string | null, ledger: string | null) =>
  ({ applied, checksum, ledger_checksum: ledger }) as AdoptedMigration;

test("a file is as it was applied, was edited, or nobody knows", () => {
  expect(checksumOf(file(true, "a", "a"))).toBe("equal");
  expect(checksumOf(file(true, "a", "b"))).toBe("edited");
  expect(checksumOf(file(true, "a", null))).toBe("not_kept");
  expect(checksumOf(file(true, null, null))).toBe("not_kept");
  expect(checksumOf(file(false, "a", null))).toBe("pending");
});
