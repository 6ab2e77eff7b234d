import { call, expect, open, test } from "./vado";

test("another tool's database is looked at first, and taken over once it is proven", async ({
  page,
}) => {
  await open(page, "/foreign");
  await page.getByRole("link", { name: "Begin here…" }).click();
  await page.getByRole("textbox", { name: "Folder" }).fill("migrations-foreign");
  await page.getByRole("button", { name: "Look" }).click();

  await expect(page.getByText("Proven: the files of dbmate make exactly this schema")).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText("no checksum kept").first()).toBeVisible();
  const looked = await call<{ applied_total: number }>(
    page,
    "GET",
    "/api/status?environment=foreign",
  );
  expect(looked.applied_total).toBe(0);

  await page.getByRole("tab", { name: "With a baseline" }).click();
  await page.getByRole("button", { name: "Try it" }).click();
  await expect(page.getByText(/Proven: the file makes exactly this schema/)).toBeVisible({
    timeout: 30_000,
  });

  await page.getByRole("tab", { name: "From another tool" }).click();
  await page.getByRole("textbox", { name: "Folder" }).fill("migrations-foreign");
  await page.getByRole("button", { name: "Look" }).click();
  await page.getByRole("button", { name: "Take over foreign" }).click({ timeout: 30_000 });

  await expect(page.getByText("Taken over from dbmate")).toBeVisible({ timeout: 30_000 });
  await page.goto("/foreign");
  await expect(page.getByRole("heading", { name: "4 pending migrations" })).toBeVisible();
});

test("an environment that leads elsewhere is refused, compared, and accepted on purpose", async ({
  page,
}) => {
  await open(page, "/moved/preview");
  await page.getByRole("button", { name: /^Preview \d/ }).click();
  const problem = page.getByRole("alert");
  await expect(problem).toContainText("This environment leads to another database than before");
  await expect(problem.getByRole("row", { name: /Database/ })).toContainText("shop_moved");

  await problem.getByRole("button", { name: "It is meant: accept it…" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Accept this database" }).click();

  await expect(problem.getByText("Accepted. You can go on.")).toBeVisible();
});
