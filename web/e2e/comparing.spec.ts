import { expect, newMigration, open, test, typeSql } from "./vado";

/** A migration is proven on a database of its own. */
const LONG = { timeout: 40_000 };

test("what a migration does is shown while it is written, up to its first error", async ({
  page,
}) => {
  const version = await newMigration(page, "desk", "live", "select 1;");
  await open(page, `/desk/migrations/${version}`);
  const panel = page.getByRole("region", { name: "What this does" });
  await expect(panel.getByText("It leaves the schema as it is.")).toBeVisible();

  await typeSql(
    page,
    "-- migrate:up\nalter table customers add column vip boolean;\nselect nope;\n",
  );
  await expect(panel.getByText("vip", { exact: true })).toBeVisible();
  await expect(panel.getByText('column "nope" does not exist')).toBeVisible();
  await expect(page.locator(".cm-lintRange-error")).toContainText("nope");

  await typeSql(page, "-- migrate:up\nalter table customers add column vip boolean;\n");
  await expect(panel.getByText('column "nope" does not exist')).toBeHidden();
  await expect(page.locator(".cm-lintRange-error")).toHaveCount(0);
});

test("what drifted is named, shown on both sides, and written as a migration", async ({ page }) => {
  await open(page, "/drifted");
  const card = page.getByRole("region", { name: "Drift" });
  await expect(card.getByText(/is not what the last run left/)).toBeVisible();
  await card.getByRole("button", { name: "Look for drift" }).click();

  await expect(page.getByText(/differ from what the migrations make/)).toBeVisible(LONG);
  await expect(page.getByText("vat_number", { exact: true })).toBeVisible();
  await page.getByRole("tab", { name: "DDL" }).click();
  await expect(page.locator(".cm-merge-b")).toContainText("wishes");

  await page.getByRole("textbox", { name: "Name" }).fill("changed by hand");
  await page.getByRole("button", { name: "Write the migration" }).click();
  await expect(page.getByText(/_changed_by_hand\.sql is written/)).toBeVisible(LONG);
  await page.getByRole("link", { name: "Go to the plan that marks it" }).click();
  await expect(page.getByText("changed_by_hand").first()).toBeVisible();
});

test("two environments are compared, and the SQL between them is proven and written", async ({
  page,
}) => {
  await open(page, "/vault/compare");
  await page.getByRole("combobox", { name: "To" }).selectOption("environment:drifted");
  await page.getByRole("button", { name: "Compare" }).click();

  await expect(page.getByText("Proven: after this SQL the two schemas are equal")).toBeVisible(
    LONG,
  );
  await expect(page.getByRole("region", { name: "SQL that takes vault to drifted" })).toContainText(
    "vat_number",
  );
  await page.getByRole("textbox", { name: "Name" }).fill("as drifted");
  await page.getByRole("button", { name: "Write the migration" }).click();
  await expect(page.getByRole("heading", { name: "as_drifted" })).toBeVisible();
  await expect(page.locator(".cm-content")).toContainText("vat_number");
});
