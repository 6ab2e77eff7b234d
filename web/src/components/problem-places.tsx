import { Link } from "@tanstack/react-router";
import { useContext } from "react";
import { useTranslation } from "react-i18next";
import type { MigrationRef, Problem } from "@/api/types";
import { EnvironmentContext } from "@/lib/environment";

const LISTS = ["edited", "missing", "out_of_order"] as const;
const LINK = "font-medium text-accent underline underline-offset-2 wrap-anywhere";

function isReference(value: unknown): value is MigrationRef {
  return typeof value === "object" && value !== null && "version" in value && "name" in value;
}

function referencesIn(details: Problem["details"]): MigrationRef[] {
  return LISTS.flatMap((list) => {
    const value = details[list];
    return Array.isArray(value) ? value.filter(isReference) : [];
  });
}

/** Ways to the migrations that a problem speaks of, to the very line where it names one. */
export function ProblemPlaces({ details }: { details: Problem["details"] }) {
  const { t } = useTranslation();
  const environment = useContext(EnvironmentContext)?.name;
  if (environment === undefined) return null;
  const { version, line } = details;
  if (typeof version === "string" && typeof line === "number") {
    return (
      <Link
        to="/$environment/migrations/$version"
        params={{ environment, version }}
        search={{ line }}
        className={LINK}
      >
        {t("preview.to_line", { line })}
      </Link>
    );
  }
  return referencesIn(details).map((reference) => (
    <Link
      key={reference.version}
      to="/$environment/migrations/$version"
      params={{ environment, version: reference.version }}
      className={LINK}
    >
      {reference.version}_{reference.name}
    </Link>
  ));
}
