import { beforeEach, expect, test } from "vitest";
import type { Reversible } from "@/api/types";
import { setLanguage } from "./i18n";
import { reversibleReason, reversibleTone, reversibleWords } from "./reversible-words";

const found = (over: Partial<Reversible>): Reversible => ({
  schema: true,
  data: true,
  code: "equal",
  reason: "up and down leave the schema as it was",
  params: {},
  ...over,
});

beforeEach(() => setLanguage("en"));

test("schema and data are answered apart", () => {
  expect(reversibleWords(found({ data: false }))).toBe("Schema yes, data no");
  expect(reversibleWords(found({ schema: null, data: null }))).toBe(
    "Schema not known, data not known",
  );
});

test("a way back that does not lead back is graver than one that loses data", () => {
  expect(reversibleTone(found({ schema: false }))).toBe("bad");
  expect(reversibleTone(found({ data: false }))).toBe("warn");
  expect(reversibleTone(found({ schema: null }))).toBe("calm");
  expect(reversibleTone(found({}))).toBe("good");
});

test("what differs is named, and a new code keeps the server's words", () => {
  const moved = found({ code: "column_order", params: { identity: "public.t" } });
  expect(reversibleReason(moved)).toContain("public.t");
  expect(reversibleReason(found({ code: "brand_new" }))).toBe(
    "up and down leave the schema as it was",
  );
});
