import { expect, test } from "vitest";
import type { Change } from "@/api/types";
import { bySection, groupChanges } from "./groups";

function change(kind: string, identity: string, action: Change["action"] = "change"): Change {
  return { kind, identity, action, destructive: false, new_identity: null, details: [] };
}

test("columns and constraints stand below their table", () => {
  const [schema] = groupChanges([
    change("column", "public.orders.total"),
    change("constraint", "public.orders.orders_check", "add"),
    change("table", "public.orders"),
  ]);

  expect(schema?.objects).toHaveLength(1);
  expect(schema?.objects[0]?.parts).toHaveLength(2);
  expect(schema?.objects[0]?.change?.kind).toBe("table");
});

test("schemas and objects come by name, and what has no schema comes first", () => {
  const groups = groupChanges([
    change("table", "sales.b", "add"),
    change("index", "public.z_idx", "add"),
    change("view", "public.a", "add"),
    change("extension", "pgcrypto", "add"),
  ]);

  expect(groups.map(({ schema }) => schema)).toEqual(["", "public", "sales"]);
  expect(groups[1]?.objects.map(({ name }) => name)).toEqual(["a", "z_idx"]);
});

test("two things of one name but different kinds stay two", () => {
  const [schema] = groupChanges([change("enum", "public.t", "add"), change("index", "public.t")]);
  expect(schema?.objects).toHaveLength(2);
});

test("owners and privileges stand apart", () => {
  const granted: Change = { ...change("table", "public.a"), section: "access" };
  const { structure, access } = bySection([change("table", "public.a"), granted]);
  expect(structure).toHaveLength(1);
  expect(access).toEqual([granted]);
});
