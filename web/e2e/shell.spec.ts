import { expect, open, test } from "./vado";

test("production is told by word, colour and title on every screen", async ({ page }) => {
  await open(page, "/look");
  for (const screen of ["Dashboard", "Migrations", "Preview", "Compare", "Backups", "History"]) {
    const way = page.getByRole("navigation").getByRole("link", { name: screen });
    await way.click();
    await expect(way).toHaveAttribute("aria-current", "page");
    await expect(page).toHaveTitle("[PRODUCTION] Vado – look");
    const banner = page.getByRole("banner");
    await expect(
      banner.getByRole("button", { name: /Environment look, Production/ }),
    ).toBeVisible();
    await expect(banner).toHaveCSS("border-bottom-color", "rgb(142, 8, 32)");
  }
});

test("another environment is one step away, on the same screen", async ({ page }) => {
  await open(page, "/look/backups");
  await page.getByRole("button", { name: /Environment look/ }).click();
  await page.getByRole("menuitem", { name: /^desk/ }).click();

  await expect(page).toHaveURL(/\/desk\/backups$/);
  await expect(page).toHaveTitle("[DEVELOPMENT] Vado – desk");
});

test("language and theme change at once and are kept", async ({ page }) => {
  await open(page, "/look");
  await page.getByRole("button", { name: "Language" }).click();
  await page.getByRole("menuitemradio", { name: "Español" }).click();
  await expect(page.getByRole("heading", { name: "Estado de shop_look" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await page.getByRole("button", { name: "Tema" }).click();
  await page.getByRole("menuitemradio", { name: "Oscuro" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

  await page.reload();

  await expect(page.getByRole("heading", { name: "Estado de shop_look" })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("the token leaves the address and the page without one is locked", async ({
  page,
  context,
}) => {
  await open(page, "/look");
  await expect(page.getByRole("heading", { name: "State of shop_look" })).toBeVisible();
  expect(page.url()).not.toContain("token");

  const stranger = await context.newPage();
  await stranger.goto("/look");
  await expect(stranger.getByText("This page has no key")).toBeVisible();
});

test("an environment that is not there is said so, with a way on", async ({ page }) => {
  await open(page, "/nowhere/backups");
  await expect(page.getByText("There is no environment “nowhere”")).toBeVisible();
  await page.getByRole("link", { name: /^Go to/ }).click();
  await expect(page.getByRole("navigation")).toBeVisible();
});

test("a server that is gone is said once, and the page recovers", async ({ page }) => {
  await open(page, "/look/migrations");
  await expect(page.getByText("10 migrations")).toBeVisible();
  await page.route("**/api/**", (route) => route.abort("connectionrefused"));
  await expect(page.getByText("Vado does not answer.")).toBeVisible();
  await expect(page.getByText("10 migrations")).toBeVisible();

  await page.unroute("**/api/**");

  await expect(page.getByText("Vado does not answer.")).toBeHidden();
});

test("the way around works by keys alone", async ({ page }) => {
  await open(page, "/look");
  await expect(page.getByRole("button", { name: "Check again" })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Check again" })).toBeFocused();

  await page.getByRole("link", { name: "Migrations" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "New migration" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Name" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "New migration" })).toBeFocused();
});
