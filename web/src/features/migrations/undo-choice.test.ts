import { expect, test } from "vitest";
import type { Migration } from "@/api/types";
import { provenBy } from "./api";
import { choiceOf, endsWayBack } from "./undo-choice";

const migration = (version: string, over: Partial<Migration> = {}) =>
  ({ version, name: `m${version}`, state: "applied", has_down: true, ...over }) as Migration;
const applied = ["3", "2", "1"].map((version) => migration(version));

test("the last one alone needs no version to go back to", () => {
  expect(choiceOf(applied, "3")).toEqual({ undone: [applied[0]], to: null });
});

test("going back behind an older one takes everything above it along", () => {
  const { undone, to } = choiceOf(applied, "2");
  expect(undone.map(({ version }) => version)).toEqual(["3", "2"]);
  expect(to).toBe("1");
});

test("behind the first there is nothing left", () => {
  expect(choiceOf(applied, "1").to).toBe("0");
  expect(choiceOf(applied, null).undone).toEqual([]);
});

test("a baseline and a migration without a down section end the way back", () => {
  expect(endsWayBack(migration("1", { state: "baseline" }))).toBe(true);
  expect(endsWayBack(migration("1", { has_down: false }))).toBe(true);
  expect(endsWayBack(migration("1", { state: "missing", has_down: false }))).toBe(false);
});

test("the newest proof of a text counts", () => {
  const proof = (data: boolean) => ({ version: "1", checksum: "c", reversible: { data } }) as never;
  const other = { version: "2", checksum: "d", reversible: null };
  const proven = provenBy([proof(false), proof(true), other]);
  expect([...proven]).toEqual([["1 c", { data: false }]]);
});
