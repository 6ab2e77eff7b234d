import { expect, test } from "vitest";
import type { Status } from "@/api/types";
import { isBlocked, isUntracked } from "./standing";

const status = (over: object) =>
  ({
    applied_total: 3,
    tables: 5,
    version: "3",
    half_done: [],
    edited: [],
    missing: [],
    out_of_order: [],
    ...over,
  }) as unknown as Status;

test("a schema without a ledger is untracked, an empty database is not", () => {
  const none = { applied_total: 0, version: null };
  expect(isUntracked(status(none))).toBe(true);
  expect(isUntracked(status({ ...none, tables: 0 }))).toBe(false);
  expect(isUntracked(status({}))).toBe(false);
});

test("what is half done, edited, missing or late comes before what is pending", () => {
  const one = [{ version: "1", name: "a" }];
  expect(isBlocked(status({}))).toBe(false);
  for (const kind of ["half_done", "edited", "missing", "out_of_order"]) {
    expect(isBlocked(status({ [kind]: one })), kind).toBe(true);
  }
});
