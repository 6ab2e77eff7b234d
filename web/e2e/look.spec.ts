import AxeBuilder from "@axe-core/playwright";
import { call, expect, open, type Page, previewed, test } from "./vado";

interface Status {
  half_done: { offers: { action: string; path: string; body: unknown }[] }[];
}

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const WIDTHS = [320, 375, 768, 1280, 1440, 2560];

let plan = "";
let undo = "";
let mark = "";
let drift = "";
let comparison = "";

const SCREENS: Record<string, { path: () => string; ready: string }> = {
  dashboard: { path: () => "/look", ready: "main dl" },
  migrations: { path: () => "/look/migrations", ready: "main table" },
  editor: { path: () => "/look/migrations/20260928150000", ready: ".cm-level" },
  applied: { path: () => "/look/migrations/20260112090000", ready: ".cm-content" },
  changes: { path: () => `/look/preview/${plan}`, ready: "[role=tabpanel]" },
  ddl: { path: () => `/look/preview/${plan}?tab=ddl`, ready: ".cm-content" },
  statements: { path: () => `/look/preview/${plan}?tab=statements`, ready: ".sql-keyword" },
  rehearsal: { path: () => `/look/preview/${plan}?tab=rehearsal`, ready: "[role=tabpanel] dl" },
  backups: { path: () => "/look/backups", ready: "main h1" },
  half_done: { path: () => "/stuck", ready: "main section ol .sql-keyword" },
  undo: { path: () => `/stuck/preview/${undo}`, ready: "[role=tabpanel]" },
  mark: { path: () => `/stuck/preview/${mark}`, ready: "main section li" },
  repair: { path: () => "/touched/migrations/20260119113000", ready: ".cm-mergeView" },
  begin: { path: () => "/foreign/begin", ready: "main form" },
  compare: {
    path: () => `/look/compare?operation=${comparison}`,
    ready: "section[aria-label=SQL] .sql-keyword",
  },
  drift: { path: () => `/drifted/operations/${drift}`, ready: "[role=tabpanel] ul" },
  history: { path: () => "/look/history", ready: "main ul" },
};

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage();
  plan = await previewed(page, "look");
  const { half_done: halves } = await call<Status>(page, "GET", "/api/status?environment=stuck");
  const offers = halves[0]?.offers ?? [];
  const made = async (action: string) => {
    const offer = offers.find((one) => one.action === action);
    const path = `${offer?.path}?environment=stuck`;
    const ended = await call<{ result: { plan_id: string } }>(page, "POST", path, offer?.body);
    return ended.result.plan_id;
  };
  undo = await made("undo");
  mark = await made("mark_applied");
  const started = async (path: string, body?: unknown) =>
    (await call<{ id: string }>(page, "POST", path, body)).id;
  drift = await started("/api/drift?environment=drifted");
  const to = { kind: "migrations", name: "look" };
  comparison = await started("/api/comparisons?environment=look", { to });
  await page.close();
});

async function faults(page: Page, theme: "light" | "dark"): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  // Everything but the contrast is the same in both themes.
  const asked = theme === "dark" ? axe.withTags(TAGS) : axe.withRules(["color-contrast"]);
  const { violations } = await asked.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}

async function overflows(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const [whole, main] = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.querySelector("main") ?? document.body;
      const page = document.documentElement;
      return [page.scrollWidth - window.innerWidth, scrollWidth - clientWidth];
    });
    const way = await page.getByRole("navigation").getByRole("link").first().boundingBox();
    if (whole !== 0 || main !== 0) found.push(`${width} px: ${whole} and ${main} px too wide`);
    if ((way?.height ?? 0) < 40) found.push(`${width} px: a link of ${way?.height} px`);
  }
  return found;
}

for (const theme of ["light", "dark"] as const) {
  const language = theme === "light" ? "en" : "es";
  const said = theme === "light" ? "is readable" : "has no barrier";
  // Widths in Spanish, because its words are the longer ones.
  const widths = language === "es" ? ", and fits every width from 320 to 2560 px" : "";
  for (const [name, { path, ready }] of Object.entries(SCREENS)) {
    test(`${name} ${said} in ${theme} and ${language}${widths}`, async ({ page }) => {
      await open(page, path(), { theme, language });
      await page.locator(ready).first().waitFor();
      expect(await faults(page, theme)).toEqual([]);
      // A key where a text should be: two or more words with points between, and nothing else.
      const raw = await page.getByText(/^[a-z_]+(\.[a-z_]+){2,}$/).allInnerTexts();
      expect(raw).toEqual([]);
      if (language === "es") expect(await overflows(page)).toEqual([]);
    });
  }

  test(`the dialog of an apply has no barrier in ${theme} and ${language}`, async ({ page }) => {
    await open(page, `/look/preview/${plan}`, { theme, language });
    await page.getByRole("button", { name: /^(Apply|Aplicar) 4/ }).click();
    await page.getByRole("alertdialog").waitFor();
    expect(await faults(page, theme)).toEqual([]);
  });
}
