import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { environmentsQuery } from "@/api/queries";
import { Page } from "@/components/card";
import { EmptyState, Loaded } from "@/components/states";

/** The address without an environment leads to the first one. */
export function Start() {
  const { t } = useTranslation();
  const environments = useQuery(environmentsQuery);
  return (
    <main>
      <Page>
        <Loaded query={environments}>
          {({ items: [first] }) =>
            first ? (
              <Navigate replace to="/$environment" params={{ environment: first.name }} />
            ) : (
              <EmptyState title={t("environment.none")}>{t("environment.none_hint")}</EmptyState>
            )
          }
        </Loaded>
      </Page>
    </main>
  );
}
