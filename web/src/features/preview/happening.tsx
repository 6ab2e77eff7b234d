import { Archive, ListChecks, Trash2, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Plan } from "@/api/types";
import { lossWords } from "@/components/changes/loss-words";
import { verbOf } from "./plan-words";

function What({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex gap-2.5">
      <span className="mt-0.5 shrink-0">{icon}</span>
      <div className="min-w-0">{children}</div>
    </li>
  );
}

interface HappeningProps {
  plan: Plan;
  backup: boolean;
  /** How many sessions are in the way at this moment. */
  blockers: number;
}

/** What will happen, in the order in which it will. */
export function Happening({ plan, backup, blockers }: HappeningProps) {
  const { t } = useTranslation();
  const verb = verbOf(plan);
  return (
    <ul className="flex flex-col gap-2.5">
      <What icon={<Archive size={16} aria-hidden className={backup ? "text-ok" : "text-ink-3"} />}>
        {t(backup ? "apply.backup_first" : "apply.no_backup")}
      </What>
      <What icon={<ListChecks size={16} aria-hidden className="text-accent" />}>
        {t(`plan.runs.${verb}`, { count: plan.migrations.length })}
        <ol className="mt-1 list-inside list-decimal font-mono text-sm text-ink-2">
          {plan.migrations.map(({ version, name }) => (
            <li key={version} className="wrap-anywhere">
              {name}
            </li>
          ))}
        </ol>
      </What>
      {plan.losses.length > 0 && (
        <What icon={<Trash2 size={16} aria-hidden className="text-del" />}>
          <p className="font-semibold text-del">{t("apply.lost")}</p>
          <ul>
            {plan.losses.map((loss) => (
              <li key={`${loss.identity} ${loss.kind}`}>{lossWords(loss)}</li>
            ))}
          </ul>
        </What>
      )}
      {blockers > 0 && (
        <What icon={<TriangleAlert size={16} aria-hidden className="text-warn" />}>
          {t("apply.blockers", { count: blockers })}
        </What>
      )}
    </ul>
  );
}
