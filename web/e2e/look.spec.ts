import AxeBuilder from "@axe-core/playwright";
import { call, expect, open, type Page, previewed, test } from "./vado";

interface Status {
  half_done: { offers: { action: string; path: string; body: unknown }[] }[];
}

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
// Where the layout changes it is at its narrowest.
const WIDTHS = [320, 768, 1024, 1280, 2560];

let plan = "";
let undo = "";
let mark = "";
let drift = "";
let comparison = "";
let restore = "";

const SCREENS: Record<string, { path: () => string; ready: string }> = {
  dashboard: { path: () => "/look", ready: "main dl" },
  migrations: { path: () => "/look/migrations", ready: "main table" },
  editor: { path: () => "/look/migrations/20260928150000", ready: ".cm-level" },
  applied: { path: () => "/look/migrations/20260112090000", ready: ".cm-content" },
  changes: { path: () => `/look/preview/${plan}`, ready: "[role=tabpanel]" },
  ddl: { path: () => `/look/preview/${plan}?tab=ddl`, ready: ".cm-content" },
  statements: { path: () => `/look/preview/${plan}?tab=statements`, ready: ".sql-keyword" },
  rehearsal: { path: () => `/look/preview/${plan}?tab=rehearsal`, ready: "[role=tabpanel] dl" },
  backups: { path: () => "/look/backups", ready: "main table" },
  restore: { path: () => `/look/operations/${restore}`, ready: "main fieldset" },
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
  const taken = await call<{ result: { backup_id: string } }>(
    page,
    "POST",
    "/api/backups?environment=look",
    {},
  );
  restore = await started(`/api/backups/${taken.result.backup_id}/compare`);
  await page.close();
});

async function faults(page: Page, ask: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  // Without frames there is nothing to gather, and no second page is opened for that.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await ask(axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}

/** Every rule in one theme; in the other only what colours can break. */
async function barriers(page: Page): Promise<string[]> {
  const dark = await faults(page, (axe) => axe.withTags(TAGS));
  await page.evaluate(() => {
    document.documentElement.dataset.theme = "light";
  });
  const light = await faults(page, (axe) => axe.withRules(["color-contrast"]));
  return [...dark, ...light];
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

// In Spanish, because its words are the longer ones; what they are is another test's matter.
const WANTED = { theme: "dark", language: "es" } as const;

for (const [name, { path, ready }] of Object.entries(SCREENS)) {
  test(`${name} has no barrier, is readable in both themes, and fits from 320 to 2560 px`, async ({
    page,
  }) => {
    await open(page, path(), WANTED);
    await page.locator(ready).first().waitFor();
    // A key where a text should be: two or more words with points between, and nothing else.
    const raw = await page.getByText(/^[a-z_]+(\.[a-z_]+){2,}$/).allInnerTexts();
    expect(raw).toEqual([]);
    expect(await barriers(page)).toEqual([]);
    expect(await overflows(page)).toEqual([]);
  });
}

test("the dialog of an apply has no barrier and is readable in both themes", async ({ page }) => {
  await open(page, `/look/preview/${plan}`, WANTED);
  await page.getByRole("button", { name: /^Aplicar 4/ }).click();
  await page.getByRole("alertdialog").waitFor();
  expect(await barriers(page)).toEqual([]);
});
