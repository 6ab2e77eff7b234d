import { expect, test } from "vitest";
import type { Operation } from "@/api/types";
import { endWords, leftUntouched, outcomeWords } from "./outcome-words";

const operation = (known: object) => ({ error: null, result: null, ...known }) as Operation;

function failed(kind: string, code: string): Operation {
  const error = { code, message: "english", hint: null, details: {} };
  return operation({ kind, state: "failed", error });
}

test("only a restore that was refused before it began is told to have touched nothing", () => {
  expect(leftUntouched(failed("restore", "backup_error"))).toBe(true);
  expect(leftUntouched(failed("restore", "restore_unknown"))).toBe(false);
  expect(leftUntouched(failed("restore", "internal_error"))).toBe(false);
  expect(leftUntouched(failed("finalize", "neon_failed"))).toBe(false);
  expect(leftUntouched(operation({ kind: "restore", state: "succeeded" }))).toBe(false);
});

test("what was stopped is told by what it leaves behind", () => {
  const words = (kind: string, state: string) => endWords(operation({ kind, state }));
  expect(words("backup", "cancelled")).toContain("no file is left");
  expect(words("restore", "cancelled")).toContain("as it was");
  expect(words("verify", "interrupted")).toContain("Nothing was changed");
  expect(words("apply", "interrupted")).toContain("ledger");
});

test("the first step at Neon is never told as a restore that was done", () => {
  const result = { previous_database: null, database: "shop", mode: "neon", schema: null };
  const told = (kind: string) => outcomeWords(operation({ kind, state: "succeeded", result }));
  expect(told("restore")).toBe("beside shop, to be looked at");
  expect(told("finalize")).toBe("shop was restored");
});
