import { call, expect, newMigration, open, previewed, test, typeSql, whileHeld } from "./vado";

test("a way back is offered, written when it is taken, proven, and undone by it", async ({
  page,
}) => {
  const version = await newMigration(page, "desk", "ratings", "");
  await open(page, `/desk/migrations/${version}`);
  await typeSql(page, "-- migrate:up\ncreate table ratings (id bigint primary key);\n");
  const offer = page.getByRole("region", { name: "Way back" });
  await expect(offer).toContainText("drop table ratings");
  await expect(page.locator(".cm-content")).not.toContainText("migrate:down");

  await offer.getByRole("button", { name: "Write it into the file" }).click();
  await expect(page.locator(".cm-content")).toContainText("-- migrate:down");
  await expect(offer).toBeHidden();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();

  await open(page, `/desk/preview/${await previewed(page, "desk")}`);
  const proven = page.getByRole("region", { name: "Way back" });
  await expect(proven.getByRole("listitem").filter({ hasText: "ratings" })).toContainText(
    "Schema yes, data yes",
  );
  await page.goto("/desk/migrations");
  await expect(page.getByRole("row", { name: /ratings/ })).toContainText("Schema yes, data yes");
});

test("undo asks how far, shows its plan, and only then goes back", async ({ page }) => {
  await open(page, "/vault/migrations");
  await page.getByRole("button", { name: "Undo…" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("radio", { name: /create_reviews/ }).check();
  await dialog.getByRole("button", { name: "Preview the undo of 2 migrations" }).click();

  await expect(page.getByRole("heading", { name: "Undo of 2 migrations in vault" })).toBeVisible();
  const before = await call<{ applied_total: number }>(
    page,
    "GET",
    "/api/status?environment=vault",
  );
  expect(before.applied_total).toBe(6);
});

test("who is in the way is named before the apply, and while it waits", async ({ page }) => {
  await newMigration(page, "slow", "nickname", "alter table customers add column nickname text;");
  const plan = await previewed(page, "slow");
  await whileHeld("shop_slow", async () => {
    await open(page, `/slow/preview/${plan}`);
    await expect(page.getByText("1 session is in the way")).toBeVisible();
    await expect(page.getByText("Holds customers")).toBeVisible();
    await expect(page.getByText("nightly report")).toBeVisible();

    await page.getByRole("button", { name: /^Apply/ }).click();
    const dialog = page.getByRole("alertdialog");
    await expect(dialog).toContainText("1 session is in the way right now");
    const word = dialog.getByRole("textbox");
    if (await word.isVisible()) await word.fill("slow");
    await dialog.getByRole("button", { name: /^Apply/ }).click();

    const waits = page.getByRole("region", { name: "What it waits for" });
    await expect(waits).toContainText("lock table customers in share mode");
    await page.getByRole("button", { name: "Cancel it" }).click();
    await expect(page.getByText("Cancelled", { exact: true }).first()).toBeVisible();
  });
});
