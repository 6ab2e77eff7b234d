import { expect, test } from "vitest";
import type { Estimate, HeldLock, Statement } from "@/api/types";
import { locksOf, together, waitsOf } from "./who-waits";

function lock(identity: string, blocks: HeldLock["blocks"]): HeldLock {
  return { identity, blocks, mode: "SHARE" };
}

function statement(line: number, locks: HeldLock[], over: Partial<Statement> = {}): Statement {
  const trace = { locks, rewrites: [], scans: [], builds: [], proven: [], notices: [] };
  return { version: "1", line, transactional: true, trace, ...over } as unknown as Statement;
}

const second: Estimate = { low_ms: 500, high_ms: 1_000, basis: "target" };

test("a lock that stops nobody's work is not told", () => {
  const statements = [statement(1, [lock("a", null), lock("b", "schema_changes")])];
  expect(waitsOf({ statements })).toEqual([]);
});

test("of each table the strongest lock is told, and those that stop most come first", () => {
  const waits = waitsOf({
    statements: [
      statement(1, [lock("a", "writes"), lock("b", "writes")]),
      statement(2, [lock("b", "reads_and_writes")]),
      statement(3, [lock("b", "writes")]),
    ],
  });
  expect(waits.map(({ identity, line }) => [identity, line])).toEqual([
    ["b", 2],
    ["a", 1],
  ]);
});

test("a lock is held for what its transaction does behind it", () => {
  const statements = [
    statement(1, [], { estimate: second }),
    statement(2, [lock("a", "writes")]),
    statement(3, [], { estimate: second }),
    statement(4, [], { estimate: { ...second, basis: "this_machine" } }),
    statement(1, [], { version: "2", estimate: second }),
  ];
  expect(waitsOf({ statements })[0]?.held).toEqual({
    low_ms: 1_000,
    high_ms: 2_000,
    basis: "this_machine",
  });
});

test("an index that is built anew with its table is not somebody who waits", () => {
  const found = statement(1, [lock("public.t", "reads_and_writes"), lock("public.i", "writes")]);
  if (found.trace) found.trace.builds = ["i"];
  expect(locksOf(found).map(({ identity }) => identity)).toEqual(["public.t"]);
});

test("where nothing takes long there is no figure", () => {
  expect(waitsOf({ statements: [statement(1, [lock("a", "writes")])] })[0]?.held).toBeNull();
  expect(together([])).toBeNull();
});
