import en from "@risk-texts/en.json";
import es from "@risk-texts/es.json";
import { expect, test } from "vitest";
import { isSql, riskWords } from "./risk-words";

const { common, ...rules } = es;
const texts = { common, rules: rules as never };
const risk = {
  message: "Dropping column customers.fax deletes its values for good.",
  remedy: "Take a backup.",
  params: { variant: "column", table: "customers", column: "fax", rows: 12_000 },
};

test("a risk is told from its rule and parameters", () => {
  expect(riskWords("drop-column", risk, texts).message).toBe(
    "Borrar la columna customers.fax elimina sus valores para siempre. La tabla tiene unas 12\u202f000 filas.",
  );
});

test("a rule that is not known keeps the server's words", () => {
  expect(riskWords("brand-new", risk, texts)).toBe(risk);
  expect(riskWords("drop-column", risk, undefined)).toBe(risk);
});

test("remedies are told apart from SQL to copy", () => {
  expect(isSql("create index concurrently i on t (a);")).toBe(true);
  expect(isSql("-- later:\nalter table t validate constraint c;")).toBe(true);
  expect(isSql("Take a backup first.")).toBe(false);
});

test("every rule has the same variants in both languages", () => {
  expect(Object.keys(es)).toEqual(Object.keys(en));
});
