import { Menu } from "@base-ui/react/menu";
import { useQuery } from "@tanstack/react-query";
import { useMatches, useNavigate } from "@tanstack/react-router";
import { Check, ChevronDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import { environmentsQuery } from "@/api/queries";
import { CLASS_ICONS, ClassBadge } from "@/components/class-badge";
import { useEnvironment } from "@/lib/environment";
import { isSocket } from "@/lib/format";
import { SCREENS } from "./navigation";

/** Which database one is at, always in sight, in the colour of its class; and the way to others. */
export function EnvironmentSwitcher() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const current = useEnvironment();
  const environments = useQuery(environmentsQuery).data?.items ?? [];
  const path = useMatches().at(-1)?.fullPath ?? "";
  const Icon = CLASS_ICONS[current.class];
  // The same screen of the other environment; what belongs to this one alone is left behind.
  const screen = SCREENS.find(({ to }) => to !== "/$environment" && path.startsWith(to));
  const go = (environment: string) =>
    void navigate({ to: screen?.to ?? "/$environment", params: { environment } });
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={t("environment.switch", {
          name: current.name,
          of: t(`class.${current.class}`),
        })}
        className="flex min-h-9 min-w-0 items-center gap-2 rounded-md bg-class px-3 text-on-class max-sm:gap-1.5 max-sm:px-2 transition-[filter] hover:brightness-95"
      >
        <Icon size={15} aria-hidden className="shrink-0" />
        <span className="shrink-0 font-semibold">{t(`class.${current.class}`)}</span>
        <span className="min-w-0 truncate font-mono text-sm">
          {current.name}
          {current.database !== current.name && (
            <span className="max-md:hidden"> · {current.database}</span>
          )}
        </span>
        <ChevronDown size={15} aria-hidden className="shrink-0 max-sm:hidden" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="start" className="z-50">
          <Menu.Popup className="w-80 max-w-[calc(100vw-2rem)] rounded-lg border border-line bg-surface p-1.5 text-ink shadow-float">
            {environments.map((environment) => (
              <Menu.Item
                key={environment.name}
                onClick={() => go(environment.name)}
                className="flex cursor-pointer items-start gap-3 rounded-md px-2.5 py-2 data-[highlighted]:bg-sunken"
              >
                <span className="w-4 shrink-0 pt-0.5 text-accent">
                  {environment.name === current.name && <Check size={16} aria-hidden />}
                </span>
                <span className="min-w-0 flex-1">
                  <span className="flex flex-wrap items-center gap-2">
                    <span className="font-semibold">{environment.name}</span>
                    <ClassBadge of={environment.class} />
                  </span>
                  <span className="block truncate font-mono text-xs text-ink-2">
                    {environment.user}@
                    {isSocket(environment.host) ? t("environment.socket") : environment.host}/
                    {environment.database}
                  </span>
                </span>
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
