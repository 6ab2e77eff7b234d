import { expect, test } from "vitest";
import { canBeWritten, renameKey, sideKey, sideOf } from "./sides";

test("a side is read back from its word, whatever its name holds", () => {
  const side = { kind: "environment", name: "eu:main" } as const;
  expect(sideOf(sideKey(side))).toEqual(side);
});

test("a word that names no side is no side", () => {
  for (const key of [undefined, "", "main", "file:/etc/passwd", "backup:"]) {
    expect(sideOf(key)).toBeNull();
  }
});

test("a rename is told as kind, old and new", () => {
  expect(renameKey({ kind: "column", from: "public.a.b", to: "public.a.c" })).toBe(
    "column:public.a.b=public.a.c",
  );
});

test("what the own migrations make is never written as one of them again", () => {
  expect(canBeWritten("main", { kind: "migrations", name: "main" })).toBe(false);
  expect(canBeWritten("main", { kind: "migrations", name: "other" })).toBe(true);
  expect(canBeWritten("main", { kind: "environment", name: "other" })).toBe(true);
});
