import { createRootRoute, createRoute, createRouter } from "@tanstack/react-router";
import { BackupsPage } from "@/features/backups/page";
import { BeginPage } from "@/features/begin/page";
import { type BeginTab, isBeginTab } from "@/features/begin/tab-names";
import { ComparePage } from "@/features/compare/page";
import { DashboardPage } from "@/features/dashboard/page";
import { OperationPage } from "@/features/history/operation-page";
import { HistoryPage } from "@/features/history/page";
import { MigrationPage } from "@/features/migrations/migration-page";
import { MigrationsPage } from "@/features/migrations/page";
import { PreviewPage } from "@/features/preview/page";
import { PlanPage } from "@/features/preview/plan-page";
import { isPlanTab, type PlanTab } from "@/features/preview/tab-names";
import { Broken, NotFound } from "./fallbacks";
import { Shell } from "./shell";
import { Start } from "./start";

const root = createRootRoute({ notFoundComponent: NotFound });

const start = createRoute({ getParentRoute: () => root, path: "/", component: Start });

const environment = createRoute({
  getParentRoute: () => root,
  path: "$environment",
  component: Shell,
});

const under = { getParentRoute: () => environment };

const dashboard = createRoute({ ...under, path: "/", component: DashboardPage });

const migrations = createRoute({ ...under, path: "migrations", component: MigrationsPage });

const migration = createRoute({
  ...under,
  path: "migrations/$version",
  component: MigrationPage,
  validateSearch: (search: Record<string, unknown>): { line?: number } => {
    const line = Number(search.line);
    return Number.isInteger(line) && line > 0 ? { line } : {};
  },
});

interface PreviewSearch {
  operation?: string;
  /** What the plan is of, where it is not of what is pending. */
  what?: string;
}

const preview = createRoute({
  ...under,
  path: "preview",
  component: PreviewPage,
  validateSearch: ({ operation, what }: Record<string, unknown>): PreviewSearch => ({
    ...(typeof operation === "string" && { operation }),
    ...(typeof what === "string" && { what }),
  }),
});

const plan = createRoute({
  ...under,
  path: "preview/$plan",
  component: PlanPage,
  validateSearch: ({ tab }: Record<string, unknown>): { tab?: PlanTab } =>
    isPlanTab(tab) ? { tab } : {},
});

const begin = createRoute({
  ...under,
  path: "begin",
  component: BeginPage,
  validateSearch: ({
    by,
    operation,
  }: Record<string, unknown>): { by?: BeginTab; operation?: string } => ({
    ...(isBeginTab(by) && { by }),
    ...(typeof operation === "string" && { operation }),
  }),
});

interface CompareSearch {
  to?: string;
  operation?: string;
}

const compare = createRoute({
  ...under,
  path: "compare",
  component: ComparePage,
  validateSearch: ({ to, operation }: Record<string, unknown>): CompareSearch => ({
    ...(typeof to === "string" && { to }),
    ...(typeof operation === "string" && { operation }),
  }),
});

const backups = createRoute({ ...under, path: "backups", component: BackupsPage });

const history = createRoute({ ...under, path: "history", component: HistoryPage });

const operation = createRoute({
  ...under,
  path: "operations/$operation",
  component: OperationPage,
});

export const router = createRouter({
  routeTree: root.addChildren([
    start,
    environment.addChildren([
      dashboard,
      migrations,
      migration,
      preview,
      plan,
      begin,
      compare,
      backups,
      history,
      operation,
    ]),
  ]),
  defaultErrorComponent: Broken,
  defaultPreload: false,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
