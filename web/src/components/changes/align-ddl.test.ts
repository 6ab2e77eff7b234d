import { expect, test } from "vitest";
import { alignDdl } from "./align-ddl";

const table = (name: string, column = "id") => `CREATE TABLE ${name} (\n    ${column} bigint\n);`;

test("what was there keeps its place, and what is new comes after it", () => {
  const before = `${table("public.a")}\n\n${table("public.b")}\n`;
  const after = `${table("public.new")}\n\n${table("public.b", "key")}\n\n${table("public.a")}\n`;

  expect(alignDdl(before, after)).toBe(
    `${table("public.a")}\n\n${table("public.b", "key")}\n\n${table("public.new")}\n`,
  );
});

test("a blank line inside of a function does not cut it", () => {
  const body = "CREATE FUNCTION public.f() RETURNS void AS $$\nbegin\n\n  perform 1;\nend $$;";
  expect(alignDdl("", `${body}\n`)).toBe(`${body}\n`);
});

test("what is added to a table later does not draw the table to its own place", () => {
  const table = (name: string) => `CREATE TABLE public.${name} (\n    id bigint\n);`;
  const key = "ALTER TABLE public.a\n    ADD CONSTRAINT a_fkey FOREIGN KEY (id) REFERENCES b;";
  const before = `${[table("a"), table("b"), key].join("\n\n")}\n`;
  const after = `${[table("b"), table("a"), table("c"), key].join("\n\n")}\n`;
  const wanted = [table("a"), table("b"), key, table("c")].join("\n\n");
  expect(alignDdl(before, after)).toBe(`${wanted}\n`);
});
