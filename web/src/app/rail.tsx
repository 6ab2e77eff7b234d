import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { aboutQuery } from "@/api/queries";
import { useEnvironment } from "@/lib/environment";
import { SCREENS } from "./navigation";

/** The way around: a rail beside the page, a bar under it where the screen is narrow. */
export function Rail() {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const about = useQuery(aboutQuery).data;
  return (
    <nav
      aria-label={t("nav.label")}
      className="z-20 flex shrink-0 border-line bg-surface max-md:order-last max-md:border-t md:w-22 md:flex-col md:gap-1 md:border-r md:p-2 xl:w-52"
    >
      {SCREENS.map(({ to, name, icon: Icon }) => (
        <Link
          key={name}
          to={to}
          params={{ environment }}
          activeOptions={{ exact: name === "dashboard" }}
          className="group flex min-h-12 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 rounded-md px-1 text-ink-2 no-underline transition-colors hover:bg-sunken hover:text-ink data-[status=active]:bg-accent-soft data-[status=active]:font-semibold data-[status=active]:text-accent max-md:rounded-none md:min-h-13 md:flex-none xl:min-h-10 xl:flex-row xl:justify-start xl:gap-3 xl:px-3"
        >
          <Icon size={18} aria-hidden className="shrink-0" />
          <span className="max-w-full truncate text-[0.6875rem] leading-4 xl:text-base">
            {t(`nav.${name}`)}
          </span>
        </Link>
      ))}
      {about && (
        <p className="mt-auto px-3 py-2 text-xs text-ink-3 max-xl:hidden">Vado {about.version}</p>
      )}
    </nav>
  );
}
