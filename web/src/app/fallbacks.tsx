import type { ErrorComponentProps } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Page } from "@/components/card";
import { EmptyState, ErrorState } from "@/components/states";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <EmptyState
      title={t("not_found.title")}
      action={
        <a href="/" className="font-semibold text-accent underline">
          {t("not_found.home")}
        </a>
      }
    />
  );
}

/** A fault of the page itself: said, with a way on. */
export function Broken({ error, reset }: ErrorComponentProps) {
  return (
    <Page>
      <ErrorState error={error} retry={reset} />
    </Page>
  );
}
