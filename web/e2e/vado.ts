import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test as base, expect, type Page } from "@playwright/test";

export { expect, type Page };

export interface Wanted {
  language?: "en" | "es";
  theme?: "light" | "dark";
}

const token = () => process.env.VADO_TOKEN ?? "";
const headers = () => ({ authorization: `Bearer ${token()}` });

/** A page that fails its test when the page itself throws, or breaks its own security policy. */
export const test = base.extend({
  page: async ({ page }, use) => {
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => {
      if (/Content Security Policy|Each child in a list/.test(message.text())) {
        faults.push(message.text());
      }
    });
    await use(page);
    expect(faults).toEqual([]);
  },
});

/** Open a screen as somebody with these preferences. */
export async function open(page: Page, path: string, wanted: Wanted = {}): Promise<void> {
  const { language = "en", theme = "light" } = wanted;
  await call(page, "PUT", "/api/preferences", { language, theme });
  await page.goto(`${path}#token=${token()}`);
}

/** Ask the API directly: to prepare what a test is not about, and to see what the server knows. */
export async function call<Answer = unknown>(
  page: Page,
  method: "GET" | "POST" | "PUT",
  path: string,
  data?: unknown,
): Promise<Answer> {
  const response = await page.request.fetch(path, {
    method,
    headers: { ...headers(), prefer: "wait=60" },
    ...(data === undefined ? {} : { data }),
  });
  expect(response.ok(), `${method} ${path}: ${response.status()}`).toBe(true);
  return (await response.json()) as Answer;
}

/** Where the migrations of an environment lie on the disk. */
function migrationsFolder(environment: string): string {
  return join(process.env.VADO_E2E_FOLDER ?? "", `migrations-${environment}`);
}

export function migrationFile(environment: string, name: string): string {
  const folder = migrationsFolder(environment);
  const found = readdirSync(folder).find((file) => file.endsWith(`_${name}.sql`));
  if (!found) throw new Error(`no migration ${name} in ${folder}`);
  return join(folder, found);
}

/** Have somebody else hold the customers of a database during the block, as a report would. */
export async function whileHeld(database: string, block: () => Promise<void>): Promise<void> {
  const folder = process.env.VADO_E2E_FOLDER ?? "";
  const held = join(folder, "held");
  writeFileSync(join(folder, "hold"), database);
  await expect.poll(() => existsSync(held)).toBe(true);
  try {
    await block();
  } finally {
    rmSync(join(folder, "hold"));
    await expect.poll(() => existsSync(held)).toBe(false);
  }
}

export async function newMigration(
  page: Page,
  environment: string,
  name: string,
  up: string,
): Promise<string> {
  const path = `/api/migrations?environment=${environment}`;
  const made = await call<{ version: string }>(page, "POST", path, { name, up });
  return made.version;
}

/** Preview what is pending and go to the plan. */
export async function previewed(page: Page, environment: string, to?: string): Promise<string> {
  const path = `/api/migrations/dry-run?environment=${environment}`;
  const body = to === undefined ? {} : { to };
  const made = await call<{ result: { plan_id: string } | null; error: unknown }>(
    page,
    "POST",
    path,
    body,
  );
  if (made.result === null) throw new Error(`no preview: ${JSON.stringify(made.error)}`);
  return made.result.plan_id;
}

/** Write over the whole text of the editor. */
export async function typeSql(page: Page, sql: string): Promise<void> {
  const text = page.locator(".cm-content");
  await text.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(sql);
}

export const toast = (page: Page, title: string) =>
  page.getByRole("region", { name: /Notices|Avisos/ }).getByText(title, { exact: true });
