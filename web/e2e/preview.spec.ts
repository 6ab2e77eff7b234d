import { appendFileSync } from "node:fs";
import { expect, migrationFile, newMigration, open, previewed, test } from "./vado";

test("nothing is applied before the name is typed", async ({ page }) => {
  const applied: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/migrations/apply")) applied.push(request.url());
  });
  await open(page, `/main/preview/${await previewed(page, "main")}`);

  await page.getByRole("button", { name: "Apply 4 migrations to main" }).click();
  const dialog = page.getByRole("alertdialog");
  for (const box of await dialog.getByRole("checkbox").all()) await box.check();
  await dialog.getByRole("textbox").fill("mai");
  await dialog.getByRole("textbox").press("Enter");
  await page.keyboard.press("Escape");

  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Apply 4 migrations to main" })).toBeFocused();
  expect(applied).toEqual([]);
});

test("the plan is looked at as changes, DDL, statements and rehearsal", async ({ page }) => {
  await open(page, `/main/preview/${await previewed(page, "main")}`);

  const tree = page.getByRole("tabpanel");
  await expect(tree.getByText("fax", { exact: true })).toBeVisible();
  await tree.getByText("7 columns, 4 constraints, 2 indexes").click();
  await expect(tree.getByText("order_id bigint NOT NULL")).toBeVisible();

  await page.getByRole("tab", { name: "DDL" }).click();
  await expect(page.locator(".cm-mergeView .cm-editor")).toHaveCount(2);
  await page.getByRole("button", { name: "In one text" }).click();
  await expect(page.locator(".cm-editor")).toHaveCount(1);

  await page.getByRole("tab", { name: /Statements/ }).click();
  await expect(page.getByText(/on tables without rows/)).toBeVisible();
  await expect(page.getByText("drop_fax_numbers", { exact: true }).first()).toBeVisible();

  await page.getByRole("tab", { name: "Rehearsal" }).click();
  await expect(page.getByText("What it did not look at")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("tab", { name: "Rehearsal", selected: true })).toBeVisible();
});

test("a plan whose file was edited since is refused and offered again", async ({ page }) => {
  await open(page, `/main/preview/${await previewed(page, "main")}`);
  await page.getByRole("button", { name: "Apply 4 migrations to main" }).click();
  const dialog = page.getByRole("alertdialog");
  for (const box of await dialog.getByRole("checkbox").all()) await box.check();
  await dialog.getByRole("textbox").fill("main");
  appendFileSync(migrationFile("main", "drop_fax_numbers"), "\n-- edited meanwhile\n");

  await dialog.getByRole("button", { name: "Apply 4 migrations to main" }).click();

  await expect(dialog.getByRole("alert")).toContainText("This plan is outdated");
  await page.keyboard.press("Escape");
  await expect(page.getByText("It is kept to read, and cannot be applied.")).toBeVisible();
  await page.getByRole("button", { name: "Preview again" }).first().click();
  await expect(page.getByRole("button", { name: "Apply 4 migrations to main" })).toBeEnabled();
});

test("a statement that fails in the rehearsal is named by line, and cannot be applied", async ({
  page,
}) => {
  await newMigration(page, "broken", "no such", "alter table nowhere add column a int;");
  await open(page, `/broken/preview/${await previewed(page, "broken")}`);

  await expect(page.getByText(/no_such failed in the rehearsal: line 2/)).toBeVisible();
  await expect(page.getByText(/relation "nowhere" does not exist/).first()).toBeVisible();
  await expect(page.getByRole("button", { name: /^Apply/ })).toBeDisabled();

  await page.getByRole("link", { name: "Go to line 2" }).first().click();
  await expect(page.locator(".cm-activeLine")).toContainText("alter table nowhere");
});
