import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { neonQuery } from "@/api/neon";
import { buttonClass } from "@/components/button";
import { Notice } from "@/components/notice";
import { useEnvironment } from "@/lib/environment";

/** A restore at Neon that somebody began and nobody decided; asked for beside the status. */
export function UndecidedNotice() {
  const { t } = useTranslation();
  const { name, neon, database } = useEnvironment();
  const known = useQuery({ ...neonQuery(name), enabled: neon }).data;
  if (!known?.unfinished.some(({ working }) => !working)) return null;
  return (
    <Notice
      tone="warn"
      title={t("neon.undecided.look")}
      action={
        <Link
          to="/$environment/backups"
          params={{ environment: name }}
          className={buttonClass("plain")}
        >
          {t("neon.undecided.decide")}
        </Link>
      }
    >
      {t("neon.undecided.look_about", { name: database })}
    </Notice>
  );
}
