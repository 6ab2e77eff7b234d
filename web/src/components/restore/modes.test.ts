import { expect, test } from "vitest";
import type { RestorePreview } from "@/api/types";
import { proposed, reasonWords, replaces, rowsLost, writesSince } from "./modes";

const refused = { code: "may_not_create_databases", params: { role: "ana" } };

const preview: RestorePreview = {
  backup_id: "bk",
  changes: [],
  ddl: { before: "", after: "" },
  tables: [
    { name: "a", rows_now: 10, rows_then: 4, exact: true, writes_since: 6 },
    { name: "b", rows_now: 2, rows_then: 9, exact: true, writes_since: null },
    { name: "c", rows_now: 3, rows_then: null, exact: true, writes_since: null },
    { name: "d", rows_now: null, rows_then: 3, exact: false, writes_since: null },
  ],
  migrations_gone: [],
  migrations_back: [],
  modes: [
    { mode: "swap", possible: false, reason: "may not", ...refused },
    { mode: "in_place", possible: true, reason: null, code: null, params: {} },
  ],
  notes: [],
};

test("the first way that is possible is proposed", () => {
  expect(proposed(preview)).toBe("in_place");
  expect(proposed({ ...preview, modes: [] })).toBeNull();
});

test("why a way is not possible is told by its code; an error's code and no words also do", () => {
  expect(reasonWords({ reason: "english", ...refused })).toMatch(/^The role ana may not create/);
  const error = { reason: "english", params: {} };
  expect(reasonWords({ ...error, code: "tools_missing" })).toContain("vado tools install");
  expect(reasonWords({ ...error, code: "brand_new" })).toBe("English.");
});

test("rows that only the backup has make no other rows less lost", () => {
  expect(rowsLost(preview)).toBe(9);
});

test("only what replaces the database wants its name typed", () => {
  expect(replaces("swap")).toBe(true);
  expect(replaces("in_place")).toBe(true);
  expect(replaces("tables")).toBe(false);
});

test("writes since are the sum of what is known, and unknown where one is", () => {
  const [a, , c] = preview.tables;
  expect(writesSince({ ...preview, tables: [a, c].filter((t) => t !== undefined) })).toBe(6);
  expect(writesSince(preview)).toBeNull();
});
