import { rmSync } from "node:fs";
import { call, expect, migrationFile, newMigration, open, previewed, test } from "./vado";

test("a running operation is found again after a reload, and cancelled in order", async ({
  page,
}) => {
  const quick = await newMigration(page, "slow", "quick", "create table quick (id int);");
  await newMigration(page, "slow", "pause", "select pg_sleep(3);\ncreate table never (id int);");
  const plan = await previewed(page, "slow");
  await open(page, `/slow/preview/${plan}`);
  await page.getByRole("button", { name: "Apply 6 migrations to slow" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("textbox").fill("slow");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Run the migrations: pause")).toBeVisible();

  await page.reload();
  await expect(page.getByText("Run the migrations: pause")).toBeVisible();
  await page.getByRole("link", { name: "Dashboard", exact: true }).click();
  await page.getByRole("banner").getByRole("button", { name: "Apply" }).click();
  await page.getByRole("button", { name: "Cancel it" }).click();
  await page.keyboard.press("Escape");

  await page.getByRole("link", { name: "History" }).click();
  await page.getByRole("link", { name: /Apply/ }).first().click();
  await expect(
    page.getByText("what was half done was rolled back", { exact: false }),
  ).toBeVisible();
  const status = await call<{ version: string; pending: { name: string }[] }>(
    page,
    "GET",
    "/api/status?environment=slow",
  );
  expect(status.version).toBe(quick);
  expect(status.pending.map(({ name }) => name)).toEqual(["pause"]);
});

test("a failure on real data says what was applied and what was not", async ({ page }) => {
  // What pauses has been seen; waiting for it three times more would tell nothing.
  rmSync(migrationFile("slow", "pause"));
  await newMigration(page, "slow", "fine", "create table fine (id int);");
  await newMigration(page, "slow", "impossible", "alter table customers add check (id < 0);");
  await newMigration(page, "slow", "unreached", "create table unreached (id int);");
  await open(page, `/slow/preview/${await previewed(page, "slow")}`);

  await page.getByRole("button", { name: "Apply 3 migrations to slow" }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Apply/ })
    .click();

  await expect(page.getByRole("alert")).toContainText("A statement failed");
  const left = page.getByRole("region", { name: "What was left" });
  await expect(left.getByRole("listitem").filter({ hasText: "fine" })).toContainText("applied");
  await expect(left.getByRole("listitem").filter({ hasText: "impossible" })).toContainText(
    "failed, rolled back",
  );
  await expect(left.getByRole("listitem").filter({ hasText: "unreached" })).toContainText(
    "not run",
  );
  await left.getByRole("link", { name: "line 2, column 1" }).click();
  await expect(page.locator(".cm-activeLine")).toContainText("add check (id < 0)");
});
