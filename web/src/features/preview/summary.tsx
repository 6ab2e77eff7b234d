import { Minus, PencilLine, Plus, ShieldAlert, ShieldCheck } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Change, Plan } from "@/api/types";
import { LevelChip } from "@/components/badges";
import { lossWords } from "@/components/changes/loss-words";
import { useFormat } from "@/lib/use-format";
import { highestLevel, isAllowed } from "./demands";

function Tile({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col gap-1 bg-surface px-4 py-3">
      <dt className="text-sm text-ink-3">{name}</dt>
      <dd className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1 font-medium">
        {children}
      </dd>
    </div>
  );
}

const SIGNS = [
  { actions: ["add"], icon: Plus, ink: "text-add", name: "added" },
  { actions: ["change", "rename"], icon: PencilLine, ink: "text-mod", name: "changed" },
  { actions: ["remove"], icon: Minus, ink: "text-del", name: "removed" },
] as const;

function Signs({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation();
  return SIGNS.map(({ actions, icon: Icon, ink, name }) => {
    const count = changes.filter((one) => (actions as readonly string[]).includes(one.action));
    return (
      <span key={name} className={`figures inline-flex items-center gap-1 ${ink}`}>
        <Icon size={15} aria-hidden />
        {t(`preview.${name}`, { count: count.length })}
      </span>
    );
  });
}

/** The plan in one line: what changes, what is lost, how grave, whether it ran. */
export function Summary({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const format = useFormat();
  const level = highestLevel(plan.risks);
  const { rehearsal, losses } = plan;
  const allowed = plan.risks.filter(isAllowed).length;
  return (
    <dl className="grid gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-2 xl:grid-cols-[1.5fr_1.3fr_1fr_1fr]">
      <Tile name={t("preview.changes")}>
        <Signs changes={plan.changes} />
      </Tile>
      <Tile name={t("preview.lost")}>
        {losses.length === 0 ? (
          <span className="text-ok">{t("preview.nothing_lost")}</span>
        ) : (
          <span className="text-del">{losses.map(lossWords).join(" · ")}</span>
        )}
      </Tile>
      <Tile name={t("preview.highest")}>
        {level ? (
          <>
            <LevelChip level={level} />
            <span className="font-normal text-ink-2">
              {t("preview.risks", { count: plan.risks.length - allowed })}
            </span>
          </>
        ) : (
          <span className="text-ok">{t("preview.no_risk")}</span>
        )}
        {allowed > 0 && (
          <span className="font-normal text-ink-2">{t("preview.allowed", { count: allowed })}</span>
        )}
      </Tile>
      <Tile name={t("preview.rehearsal")}>
        {rehearsal.ok && rehearsal.place !== "text" ? (
          <span className="inline-flex items-center gap-1.5 text-ok">
            <ShieldCheck size={16} aria-hidden />
            {t("preview.passed", { time: format.duration(rehearsal.duration_ms) })}
          </span>
        ) : (
          <span className="inline-flex items-center gap-1.5 text-del">
            <ShieldAlert size={16} aria-hidden />
            {t(rehearsal.error ? "preview.rehearsal_failed" : "preview.not_rehearsed")}
          </span>
        )}
      </Tile>
    </dl>
  );
}
