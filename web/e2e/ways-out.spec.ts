import { readFileSync } from "node:fs";
import { call, expect, migrationFile, open, test } from "./vado";

interface Status {
  half_done: unknown[];
  edited: unknown[];
  missing: unknown[];
  out_of_order: unknown[];
  applied_total: number;
}

const status = (page: Parameters<typeof call>[0], environment: string) =>
  call<Status>(page, "GET", `/api/status?environment=${environment}`);

test("a half-done migration is told statement by statement, and taken back by a plan", async ({
  page,
}) => {
  await open(page, "/stuck");
  const card = page.getByRole("region", { name: "campaigns stopped half-way" });
  const steps = card.locator("ol > li");
  await expect(steps.nth(0)).toContainText("1. Done");
  await expect(steps.nth(1)).toContainText("2. Failed");
  await expect(steps.nth(1)).toContainText("Invalid index public.one_order_each was found.");
  await expect(steps.nth(2)).toContainText("3. Not run");

  await card.getByRole("button", { name: "Mark as applied: Show the plan" }).click();
  await expect(page.getByText("No SQL is run, and the schema stays as it is.")).toBeVisible();
  await page.goBack();
  await page.goto("/stuck");
  await card.getByRole("button", { name: "Undo what was done: Show the plan" }).click();

  const taken = page.getByRole("region", { name: "What is taken back" });
  await expect(taken.getByText("drop table campaigns")).toBeVisible();
  await expect(page.getByText("exactly as it was before this migration began")).toBeVisible();
  await page.getByRole("button", { name: "Undo 1 migration in stuck" }).click();
  const dialog = page.getByRole("alertdialog");
  const word = dialog.getByRole("textbox");
  if (await word.isVisible()) await word.fill("stuck");
  await dialog.getByRole("button", { name: "Undo 1 migration in stuck" }).click();

  await expect(page.getByText("1 migration was undone in stuck")).toBeVisible();
  expect((await status(page, "stuck")).half_done).toEqual([]);
});

test("an edited file is compared, and the record fixed when it is the file that is right", async ({
  page,
}) => {
  await open(page, "/touched");
  await page.getByRole("link", { name: /create_products/ }).click();
  await expect(page.locator(".cm-mergeView .cm-editor")).toHaveCount(2);
  await expect(page.getByRole("heading", { name: /fix the database/ })).toBeVisible();

  await page.getByRole("button", { name: "Fix the record…" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("No SQL is run");
  await dialog.getByRole("button", { name: "Fix the record" }).click();

  await expect(page.getByRole("heading", { name: "Repair" })).toBeVisible();
  await expect(page.getByText("Done", { exact: true }).first()).toBeVisible();
  expect((await status(page, "touched")).edited).toEqual([]);
});

test("a missing file is written again from the ledger", async ({ page }) => {
  await open(page, "/touched");
  await page.getByRole("link", { name: /create_orders/ }).click();
  await page.getByRole("button", { name: "Write the file…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Write the file" }).click();

  await expect(page.getByText("Done", { exact: true }).first()).toBeVisible();
  expect((await status(page, "touched")).missing).toEqual([]);
  expect(readFileSync(migrationFile("touched", "create_orders"), "utf8")).toContain("order_status");
});

test("a late file is applied only when that was agreed to", async ({ page }) => {
  await open(page, "/late");
  await page.getByRole("button", { name: "Preview them all the same…" }).click();
  await expect(page.getByText("1 migration is older than what is applied")).toBeVisible({
    timeout: 30_000,
  });

  await page.getByRole("button", { name: /^Apply 5/ }).click();
  const dialog = page.getByRole("alertdialog");
  const apply = dialog.getByRole("button", { name: /^Apply 5/ });
  for (const box of await dialog.getByRole("checkbox").all()) await box.check();
  await dialog.getByRole("textbox").fill("late");
  await expect(apply).toBeEnabled();
  await dialog.getByRole("checkbox", { name: /^Apply late although/ }).uncheck();

  await expect(apply).toBeDisabled();
});
