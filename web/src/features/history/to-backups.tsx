import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { buttonClass } from "@/components/button";
import { useEnvironment } from "@/lib/environment";

/** The way on after anything about backups, whether it went well or not. */
export function ToBackups() {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  return (
    <Link
      to="/$environment/backups"
      params={{ environment }}
      className={`self-start ${buttonClass("plain")}`}
    >
      {t("outcome.to_backups")}
    </Link>
  );
}
