import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { environmentsQuery } from "@/api/queries";
import { buttonClass } from "@/components/button";
import { Page } from "@/components/card";
import { EmptyState, Loaded } from "@/components/states";
import { EnvironmentContext, useEnvironment } from "@/lib/environment";
import { useDocumentTitle } from "@/lib/title";
import { EnvironmentSwitcher } from "./environment-switcher";
import { Mark } from "./mark";
import { useOperationWatch } from "./operation-watch";
import { PreferenceMenus } from "./preferences-menu";
import { Rail } from "./rail";
import { RunIndicator } from "./run-indicator";
import { ServerBanner } from "./server-banner";

function TopBar() {
  const { t } = useTranslation();
  const environment = useEnvironment();
  return (
    <header className="flex min-h-13 shrink-0 items-center gap-3 border-b-4 border-class bg-surface px-3 max-sm:gap-1.5 max-sm:px-2 md:px-4">
      <Link
        to="/$environment"
        params={{ environment: environment.name }}
        aria-label={t("nav.home")}
        className="flex shrink-0 items-center gap-2 text-ink no-underline"
      >
        <Mark />
        <span className="text-lg font-bold tracking-tight max-sm:hidden">Vado</span>
      </Link>
      <EnvironmentSwitcher />
      <div className="ml-auto flex min-w-0 items-center gap-1">
        <RunIndicator />
        <PreferenceMenus />
      </div>
    </header>
  );
}

function Frame() {
  const { t } = useTranslation();
  const environment = useEnvironment();
  useOperationWatch();
  useDocumentTitle(environment.class, environment.name);
  useEffect(() => {
    // On the root element, since dialogs and menus live outside of the page's own frame.
    document.documentElement.dataset.class = environment.class;
  }, [environment.class]);
  return (
    <div className="flex h-dvh flex-col bg-canvas">
      {/* A button and no link: the fragment of the address belongs to the token alone. */}
      <button
        type="button"
        onClick={() => document.getElementById("content")?.focus()}
        className="sr-only z-60 rounded-md bg-surface p-3 font-semibold focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {t("nav.skip")}
      </button>
      <TopBar />
      <ServerBanner />
      <div className="flex min-h-0 flex-1 max-md:flex-col">
        <Rail />
        <main
          id="content"
          tabIndex={-1}
          className="flex min-h-0 min-w-0 flex-1 flex-col overflow-auto outline-none"
        >
          <Outlet />
        </main>
      </div>
    </div>
  );
}

function UnknownEnvironment({ name, first }: { name: string; first: string | undefined }) {
  const { t } = useTranslation();
  useDocumentTitle(null, null);
  return (
    <EmptyState
      title={t("environment.unknown", { name })}
      action={
        first && (
          <Link
            to="/$environment"
            params={{ environment: first }}
            className={buttonClass("primary")}
          >
            {t("environment.go", { name: first })}
          </Link>
        )
      }
    >
      {t(first ? "environment.unknown_hint" : "environment.none_hint")}
    </EmptyState>
  );
}

/** Everything around a screen, for the environment of the address. */
export function Shell() {
  const { environment: name } = useParams({ from: "/$environment" });
  const environments = useQuery(environmentsQuery);
  const known = environments.data?.items.find((environment) => environment.name === name);
  if (known) {
    return (
      <EnvironmentContext value={known}>
        <Frame />
      </EnvironmentContext>
    );
  }
  return (
    <main>
      <Page>
        <Loaded query={environments}>
          {({ items }) => <UnknownEnvironment name={name} first={items[0]?.name} />}
        </Loaded>
      </Page>
    </main>
  );
}
