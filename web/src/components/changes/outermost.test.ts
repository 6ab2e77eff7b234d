import { expect, test } from "vitest";
import type { Change } from "@/api/types";
import { outermost } from "./outermost";

const change = (identity: string, action: Change["action"]): Change => ({
  kind: "table",
  identity,
  action,
  destructive: false,
  new_identity: null,
  details: [],
});

test("what is inside a new object goes without saying", () => {
  const changes = [change("public.a", "add"), change("public.a.id", "add")];
  expect(outermost(changes).map(({ identity }) => identity)).toEqual(["public.a"]);
});

test("a part of an object that stays is named, and so is one whose name only begins alike", () => {
  const changes = [
    change("public.a", "add"),
    change("public.ab", "add"),
    change("public.b.c", "add"),
  ];
  expect(outermost([...changes, change("public.b", "change")])).toHaveLength(4);
});
