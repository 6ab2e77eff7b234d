import { afterAll, expect, test } from "vitest";
import { i18n, setLanguage, textFor } from "./i18n";

afterAll(() => setLanguage("en"));

test("a million takes the third plural form of Spanish", () => {
  setLanguage("es");

  expect(i18n.t("risk.title", { count: 1 })).toBe("1 riesgo");
  expect(i18n.t("risk.title", { count: 2 })).toBe("2 riesgos");
  expect(i18n.t("risk.title", { count: 1_000_000 })).toBe("1\u202f000\u202f000 de riesgos");
});

test("the document says which language it is in", () => {
  setLanguage("es");
  expect(document.documentElement.lang).toBe("es");
});

test("a code without a text keeps what the server said", () => {
  expect(textFor("error.brand_new.title", {}, "the server's own words")).toBe(
    "the server's own words",
  );
});

test("a code with plural forms is found", () => {
  setLanguage("en");
  expect(textFor("counted.column", { count: 7 }, "7 column")).toBe("7 columns");
});
