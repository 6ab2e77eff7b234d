import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Unplug } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/problem";
import { operationsQuery } from "@/api/queries";

/** Said once for the whole page when Vado itself does not answer; all is asked anew when it does. */
export function ServerBanner() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { error } = useQuery(operationsQuery);
  const lost = error instanceof ApiError && error.unreachable;
  const wasLost = useRef(false);
  useEffect(() => {
    if (wasLost.current && !lost) void client.invalidateQueries();
    wasLost.current = lost;
  }, [lost, client]);
  if (!lost) return null;
  return (
    <div
      role="alert"
      className="flex items-start gap-3 border-b border-del bg-del-soft px-4 py-2.5"
    >
      <Unplug size={18} aria-hidden className="mt-px shrink-0 text-del" />
      <p>
        <strong className="font-semibold">{t("server.lost")}</strong>{" "}
        <span className="text-ink-2">{t("server.lost_hint")}</span>
      </p>
    </div>
  );
}
