import { expect, test } from "vitest";
import { isOfPending, verbOf } from "./plan-words";

const one = { version: "1", name: "a", direction: "up", checksum: "c" } as const;

test("an undo and a mark are never called apply", () => {
  expect(verbOf({ kind: "undo", migrations: [one] })).toBe("undo");
  expect(verbOf({ kind: "mark", migrations: [one] })).toBe("mark");
  expect(verbOf({ kind: "up", migrations: [one] })).toBe("apply");
});

test("going on with a single half-done migration is a resume", () => {
  const half = { ...one, statements_done: 2 };
  expect(verbOf({ kind: "up", migrations: [half] })).toBe("resume");
  expect(verbOf({ kind: "up", migrations: [half, one] })).toBe("apply");
});

test("only what is pending can be previewed again as it was", () => {
  expect(isOfPending({ kind: "up" })).toBe(true);
  expect(isOfPending({ kind: "undo" })).toBe(false);
});
