import { expect, test } from "vitest";
import en from "./en.json";
import es from "./es.json";

type Tree = { [key: string]: string | Tree };

const PLURAL = /_(zero|one|many|other)$/;

function flat(tree: Tree, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value]] : flat(value, `${prefix}${key}.`),
  );
}

function holes(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)/g)].map((match) => match[1] ?? "").toSorted();
}

const texts = { en: new Map(flat(en)), es: new Map(flat(es)) };
const stems = (of: Map<string, string>) =>
  new Set([...of.keys()].map((k) => k.replace(PLURAL, "")));

test("both languages have the same keys", () => {
  expect(stems(texts.es)).toEqual(stems(texts.en));
});

test("every count has all forms that its language needs", () => {
  const counted = [...texts.en.keys()].filter((key) => key.endsWith("_other"));
  const stem = (key: string) => key.replace(PLURAL, "");
  for (const key of counted.map(stem)) {
    const missing = (of: Map<string, string>, forms: string[]) =>
      forms.filter((form) => !of.has(`${key}_${form}`));
    expect(missing(texts.en, ["one", "other"]), key).toEqual([]);
    expect(missing(texts.es, ["one", "many", "other"]), key).toEqual([]);
  }
  expect(counted.length).toBeGreaterThan(20);
});

test("a text has the same holes in both languages", () => {
  for (const [key, text] of texts.es) {
    const english = texts.en.get(key) ?? texts.en.get(key.replace(/_many$/, "_other"));
    expect(holes(text), key).toEqual(holes(english ?? ""));
  }
});

test("no text is empty, and no number is written into one", () => {
  for (const [key, text] of [...texts.en, ...texts.es]) {
    expect(text.trim(), key).not.toBe("");
    expect(text, key).not.toMatch(/\d{3}/);
  }
});
