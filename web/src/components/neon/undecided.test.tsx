import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Environment, NeonRestore } from "@/api/types";
import { EnvironmentContext } from "@/lib/environment";
import { Undecided } from "./undecided";

const ENVIRONMENT = { name: "live", database: "shop", confirmation_word: "live" } as Environment;

const WAITING: NeonRestore = {
  backup_id: "bk_1",
  branch: "vado-restore-1",
  branch_id: "br-1",
  step: "look",
  at: "2026-11-22T12:00:00Z",
  expires_at: null,
  working: false,
  can_finalize: true,
  can_abandon: true,
  look: { host: "ep-1.neon.tech", ledger_version: null, ledger_equal: true, schema_equal: false },
};

async function shown(over: Partial<NeonRestore> = {}) {
  const page = () => (
    <EnvironmentContext value={ENVIRONMENT}>
      <Undecided restore={{ ...WAITING, ...over }} />
    </EnvironmentContext>
  );
  const router = createRouter({
    routeTree: createRootRoute({ component: page }),
    history: createMemoryHistory(),
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  return within(await screen.findByRole("region"));
}

test("it is said that nothing has changed yet, what was found, and what each way does", async () => {
  const card = await shown();
  expect(card.getByText(/Nothing in shop has changed so far/)).toBeTruthy();
  expect(card.getByText("not as in the backup")).toBeTruthy();
  expect(card.getByText(/go back to the backup together/)).toBeTruthy();
  expect(card.getByText(/shop and the backup stay as they are/)).toBeTruthy();
});

test("to replace the database its word has to be typed; to give up it has not", async () => {
  const card = await shown();
  const user = userEvent.setup();
  await user.click(card.getByRole("button", { name: "Replace shop with it…" }));
  const replace = screen.getByRole("button", { name: "Replace shop" }) as HTMLButtonElement;
  expect(replace.disabled).toBe(true);
  await user.type(screen.getByRole("textbox"), "live");
  expect(replace.disabled).toBe(false);
  await user.click(screen.getByRole("button", { name: "Cancel" }));

  await user.click(card.getByRole("button", { name: "Give it up…" }));
  const away = screen.getByRole("button", { name: "Delete the branch" }) as HTMLButtonElement;
  expect(away.disabled).toBe(false);
});

test("what a Vado is at work on offers nothing", async () => {
  const busy = await shown({ step: "finalizing", working: true });
  expect(busy.queryAllByRole("button", { name: /shop|Give/ })).toEqual([]);
});

test("what was cut short says so and offers only what Neon still allows", async () => {
  const card = await shown({ step: "restoring", look: null, can_finalize: false });
  expect(card.getByText(/was cut short/)).toBeTruthy();
  expect(card.getAllByRole("button").map((button) => button.textContent)).toEqual(["Give it up…"]);
});
