import { call, expect, open, test } from "./vado";

/* One crossing, from "what is pending" to "nothing is", in the staging environment. */
test("pending migrations are previewed, applied and written down", async ({ page }) => {
  await open(page, "/shop");
  await expect(page).toHaveTitle("[STAGING] Vado – shop");
  await expect(page.getByRole("heading", { name: "4 pending migrations" })).toBeVisible();

  await page.getByRole("button", { name: "Preview 4 migrations" }).click();

  await expect(page).toHaveURL(/\/shop\/preview\/plan_/);
  await expect(page.getByText("3\u202f265 values of customers.fax").first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "4 risks" })).toBeVisible();
  await expect(page.getByText("drop-column")).toBeVisible();
  await expect(page.getByText("create index concurrently", { exact: false }).first()).toBeVisible();

  await page.getByRole("button", { name: "Apply 4 migrations to shop" }).click();
  const dialog = page.getByRole("alertdialog");
  const submit = dialog.getByRole("button", { name: "Apply 4 migrations to shop" });
  await expect(dialog.getByText("A backup is taken and verified first.")).toBeVisible();
  for (const box of await dialog.getByRole("checkbox").all()) {
    await expect(submit).toBeDisabled();
    await box.check();
  }
  const name = dialog.getByRole("textbox");
  for (const wrong of ["sho", "shopx"]) {
    await name.fill(wrong);
    await expect(submit).toBeDisabled();
  }
  await name.fill(" shop ");
  await name.press("Enter");

  await expect(page).toHaveURL(/\/shop\/operations\/op_/);
  await expect(page.getByText("4 migrations were applied to shop")).toBeVisible();
  await expect(page.getByText("Backup taken before:")).toBeVisible();

  await page.getByRole("link", { name: "To the dashboard", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Nothing pending" })).toBeVisible();
  await page.getByRole("link", { name: "History" }).click();
  await expect(page.getByText("4 migrations applied")).toBeVisible();
  await expect(page.getByText(/Audit log intact/)).toBeVisible();

  const status = await call<{ pending: unknown[]; version: string }>(
    page,
    "GET",
    "/api/status?environment=shop",
  );
  expect(status.pending).toEqual([]);
  expect(status.version).toBe("20261005110000");
});

test("a plan is applied once", async ({ page }) => {
  await open(page, "/shop/history");
  await page.getByRole("link", { name: /Apply/ }).first().click();
  await page.getByRole("link", { name: /^plan_/ }).click();

  await expect(page.getByText("This plan was used")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Apply/ })).toHaveCount(0);
});
