import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

const PORT = Number(process.env.VADO_E2E_PORT ?? 4817);
const FOLDER = join(tmpdir(), `vado-e2e-${PORT}`);
// Tests write migrations as somebody with an editor of their own would.
process.env.VADO_E2E_FOLDER = FOLDER;

const BROWSERS = ["chromium", "chromium-browser", "google-chrome"];
const executablePath =
  process.env.VADO_CHROMIUM ??
  BROWSERS.map((name) => `/usr/bin/${name}`).find((path) => existsSync(path));

export default defineConfig({
  testDir: "e2e",
  // One server and two cores: the tests take turns.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    baseURL: `http://127.0.0.1:${PORT}`,
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    contextOptions: { reducedMotion: "reduce" },
    screenshot: "only-on-failure",
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    command: `../.venv/bin/python e2e/serve.py ${FOLDER} ${PORT}`,
    // The token of this launch is printed with the address; it becomes VADO_TOKEN.
    wait: { stdout: /#token=(?<vado_token>\S+)/ },
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
    reuseExistingServer: false,
    stdout: "ignore",
  },
});
