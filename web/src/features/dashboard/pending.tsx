import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronRight, CircleCheckBig } from "lucide-react";
import { useTranslation } from "react-i18next";
import { api, request } from "@/api/client";
import { keyOf } from "@/api/queries";
import type { Status } from "@/api/types";
import { LevelChip } from "@/components/badges";
import { Card } from "@/components/card";

/** What waits to be applied, in the order in which it will be. */
export function Pending({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { environment } = status;
  const query = useQuery({
    queryKey: keyOf(environment, "migrations", "pending"),
    queryFn: ({ signal }) =>
      request(
        api.GET("/api/migrations", {
          params: { query: { environment, state: "pending", limit: 200 } },
          signal,
        }),
      ),
  });
  const levels = new Map(query.data?.items.map((item) => [item.version, item.risk_level]));
  if (status.pending.length === 0) {
    return (
      <Card title={t("dashboard.pending", { count: 0 })}>
        <p className="flex items-center gap-3 text-ink-2">
          <CircleCheckBig size={22} aria-hidden className="shrink-0 text-ok" />
          {t("dashboard.nothing_pending")}
        </p>
      </Card>
    );
  }
  return (
    <Card title={t("dashboard.pending", { count: status.pending.length })} flush>
      <ol className="mt-1 pb-1">
        {status.pending.map(({ version, name }) => {
          const level = levels.get(version);
          return (
            <li key={version} className="border-t border-line">
              <Link
                to="/$environment/migrations/$version"
                params={{ environment, version }}
                className="flex min-h-11 items-center gap-3 px-4 py-1.5 text-ink no-underline hover:bg-sunken"
              >
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{name}</span>
                  <span className="block font-mono text-xs text-ink-3">{version}</span>
                </span>
                {level && <LevelChip level={level} />}
                <ChevronRight size={16} aria-hidden className="shrink-0 text-ink-3" />
              </Link>
            </li>
          );
        })}
      </ol>
    </Card>
  );
}
