import { appendFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { expect, migrationFile, newMigration, open, test, typeSql } from "./vado";

test("a new migration is named, written, judged and saved", async ({ page }) => {
  await open(page, "/desk/migrations");
  await page.getByRole("button", { name: "New migration" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Añadir notas");
  await expect(page.getByText("_anadir_notas.sql")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "anadir_notas" })).toBeVisible();

  await typeSql(
    page,
    "-- migrate:up\nselec 1;\ndelete from reviews;\ncreate index on orders (placed_at);\n",
  );

  const problems = page.getByRole("region", { name: "3 problems" });
  await expect(problems.getByText("Syntax error", { exact: true })).toBeVisible();
  await expect(problems.getByText("Critical")).toBeVisible();
  await expect(problems.getByText("create index concurrently")).toBeVisible();
  for (const gravity of ["error", "critical", "high"]) {
    await expect(page.locator(`.cm-level[data-gravity=${gravity}]`)).toHaveCount(1);
  }
  await problems.getByRole("button", { name: "Line 4, column 1" }).click();
  await expect(page.locator(".cm-activeLine")).toContainText("create index");

  await expect(page.getByText("Not saved yet")).toBeVisible();
  await page.keyboard.press("Control+s");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  const file = migrationFile("desk", "anadir_notas");
  expect(readFileSync(file, "utf8")).toContain("selec 1;");
  // Broken, it would stand in the way of every preview after it.
  rmSync(file);
});

test("broken SQL is previewed to an error that leads to its line", async ({ page }) => {
  const version = await newMigration(page, "edited", "misspelt", "selec 1;");
  await open(page, `/edited/migrations/${version}`);
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+Enter");

  await expect(page.getByRole("alert")).toContainText("A file cannot be read as a migration");
  await page.getByRole("link", { name: "Go to line 2" }).click();
  await expect(page.locator(".cm-activeLine")).toContainText("selec 1;");
});

test("a file that changed on the disk is not overwritten without a question", async ({ page }) => {
  const version = await newMigration(page, "desk", "contested", "select 1;");
  await open(page, `/desk/migrations/${version}`);
  await typeSql(page, "-- migrate:up\nselect 'mine';\n");
  appendFileSync(migrationFile("desk", "contested"), "-- theirs\n");

  await page.keyboard.press("Control+s");

  const dialog = page.getByRole("alertdialog", { name: "The file changed on the disk" });
  await expect(dialog.getByText("-- theirs")).toBeVisible();
  await dialog.getByRole("button", { name: "Take the one on disk" }).click();
  await expect(page.locator(".cm-content")).toContainText("-- theirs");
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+z");
  await expect(page.locator(".cm-content")).toContainText("select 'mine';");
});

test("leaving unsaved text behind is asked about", async ({ page }) => {
  const version = await newMigration(page, "desk", "unsaved", "select 1;");
  await open(page, `/desk/migrations/${version}`);
  await typeSql(page, "-- migrate:up\nselect 2;\n");

  await page.getByRole("link", { name: "Backups" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Leave without saving?" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(page.locator(".cm-content")).toContainText("select 2;");

  await page.getByRole("link", { name: "Backups" }).click();
  await dialog.getByRole("button", { name: "Save and leave" }).click();
  await expect(page).toHaveURL(/\/desk\/backups$/);
  expect(readFileSync(migrationFile("desk", "unsaved"), "utf8")).toContain("select 2;");
});

test("a pending migration is deleted, an applied one is only read", async ({ page }) => {
  const version = await newMigration(page, "desk", "short_lived", "select 1;");
  const file = migrationFile("desk", "short_lived");
  await open(page, `/desk/migrations/${version}`);

  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete the file" }).click();
  await expect(page).toHaveURL(/\/desk\/migrations$/);
  expect(existsSync(file)).toBe(false);

  await page.getByRole("link", { name: /create_orders/ }).click();
  await expect(page.getByText(/so it is not edited any more/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Save" })).toHaveCount(0);
});

test("the list is searched and filtered", async ({ page }) => {
  await open(page, "/desk/migrations");
  await page.getByRole("searchbox").fill("payments");
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("combobox", { name: "State" }).selectOption("pending");
  await expect(page.getByText("Nothing matches")).toBeVisible();
});

test("an edited file is shown beside what the ledger has", async ({ page }) => {
  appendFileSync(migrationFile("edited", "create_reviews"), "-- edited after all\n");
  await open(page, "/edited");
  await expect(page.getByText("1 applied migration was edited")).toBeVisible();

  await page.getByRole("link", { name: /create_reviews/ }).click();

  await expect(page.getByText("The file was edited after it was applied")).toBeVisible();
  await expect(page.locator(".cm-merge-b")).toContainText("-- edited after all");
  await expect(page.locator(".cm-merge-a")).not.toContainText("-- edited after all");
});
