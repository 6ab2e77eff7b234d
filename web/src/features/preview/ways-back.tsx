import { useTranslation } from "react-i18next";
import type { Plan } from "@/api/types";
import { Card } from "@/components/card";
import { ReversibleBadge } from "@/components/reversible-badge";
import { reversibleReason } from "@/lib/reversible-words";

/** Whether each migration could be taken back again, and how that was found out. */
export function WaysBack({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const back = plan.kind === "undo";
  const told = plan.migrations.filter((one) => !back || one.restored);
  if (told.length === 0 || plan.kind === "mark") return null;
  return (
    <Card title={t(back ? "plan.restored" : "reversible.title")} flush>
      <ul className="mt-1">
        {told.map((one) => {
          const found = back ? one.restored : one.reversible;
          return (
            <li
              key={one.version}
              className="flex flex-col gap-1 border-t border-line px-4 py-3 first:border-t-0 first:pt-0"
            >
              <span className="font-medium wrap-anywhere">{one.name}</span>
              {found ? (
                <>
                  <ReversibleBadge found={found} />
                  <span className="text-sm text-ink-2">{reversibleReason(found)}</span>
                  {!back && found.data === false && (
                    <span className="text-sm text-ink-2">{t("reversible.data_gone")}</span>
                  )}
                </>
              ) : (
                <span className="text-sm text-ink-2">{t("reversible.none_about")}</span>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
