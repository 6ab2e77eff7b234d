import { call, expect, open, test, toast } from "./vado";

test("a backup is taken, kept, verified, restored and deleted", async ({ page }) => {
  await open(page, "/vault/backups");
  await expect(page.getByText("No backup yet")).toBeVisible();

  await page.getByRole("button", { name: "Back up now" }).first().click();
  await page.getByRole("textbox", { name: "Label" }).fill("before the sale");
  await page.keyboard.press("Enter");
  await expect(toast(page, "Backup: done")).toBeVisible();
  const row = page.getByRole("row", { name: /before the sale/ });
  await expect(row.getByText("Verified")).toBeVisible();

  await row.getByRole("button", { name: /More about/ }).click();
  await page.getByRole("menuitem", { name: "Pin" }).click();
  await expect(row.getByText("Pinned")).toBeVisible();
  await row.getByRole("button", { name: /More about/ }).click();
  await page.getByRole("menuitem", { name: "Verify" }).click();
  await expect(toast(page, "Verification: done")).toBeVisible();

  await row.getByRole("button", { name: /More about/ }).click();
  await page.getByRole("menuitem", { name: /Prove/ }).click();
  await expect(toast(page, "Proof: done")).toBeVisible({ timeout: 30_000 });
  await expect(row.getByText("Proven", { exact: true })).toBeVisible();

  await row.getByRole("button", { name: /Restore/ }).click();
  await expect(page.getByText(/fewer rows in the backup/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("radio", { name: /Replace the database/ })).toBeChecked();
  await page.getByRole("button", { name: "Restore…" }).click();
  const dialog = page.getByRole("alertdialog", { name: /Restore shop_vault/ });
  await expect(dialog.getByText(/replaced, not merged/)).toBeVisible();
  const action = dialog.getByRole("button", { name: "Restore shop_vault" });
  await expect(action).toBeDisabled();
  await dialog.getByRole("textbox").fill("vault");
  await action.click();
  await expect(page.getByText("shop_vault was restored")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/^shop_vault_before_restore/)).toBeVisible();

  await page.getByRole("link", { name: "Backups" }).click();
  await expect(page.getByText("Before a restore").first()).toBeVisible();
  const kept = page.getByRole("listitem").filter({ hasText: "shop_vault_before_restore" });
  const first = await kept.locator(".font-mono").innerText();
  await kept.getByRole("button", { name: /Undo the restore/ }).click();
  await page.getByRole("alertdialog").getByRole("textbox").fill("vault");
  await page.getByRole("alertdialog").getByRole("button", { name: "Undo the restore" }).click();
  await expect(page.getByText("shop_vault was restored")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("link", { name: "Backups" }).click();
  // What is kept now is what was current before the undo.
  await expect(page.getByText(first)).toHaveCount(0);
  await page.getByRole("button", { name: /Drop it/ }).click();
  const away = page.getByRole("alertdialog");
  await away.getByRole("textbox").fill(await away.locator("code").innerText());
  await away.getByRole("button", { name: "Drop it" }).click();
  await expect(page.getByText("From before a restore")).toHaveCount(0);

  await row.getByRole("button", { name: /More about/ }).click();
  await page.getByRole("menuitem", { name: /Unpin/ }).click();
  await expect(row.getByText("Pinned")).toHaveCount(0);
  await row.getByRole("button", { name: /More about/ }).click();
  await page.getByRole("menuitem", { name: /Delete/ }).click();
  const dying = page.getByRole("alertdialog");
  await dying.getByRole("button", { name: "Delete the backup" }).click();
  // It is the only one that is proven: a click is not enough.
  const id = await dying.locator("code").innerText();
  await dying.getByRole("textbox").fill(id);
  await dying.getByRole("button", { name: "Delete the backup" }).click();
  // Behind a dialog nothing has a role: only once that is gone does the list tell.
  await expect(dying).toHaveCount(0);
  await expect(row).toHaveCount(0);

  const left = await call<{ items: { id: string }[] }>(
    page,
    "GET",
    "/api/backups?environment=vault",
  );
  expect(left.items.map((backup) => backup.id)).not.toContain(id);
});
