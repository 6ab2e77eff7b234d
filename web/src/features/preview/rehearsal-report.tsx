import { CircleDot, Database } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Plan } from "@/api/types";
import { Button } from "@/components/button";
import { Fact } from "@/components/card";
import { CopyButton } from "@/components/copy-button";
import { textFor } from "@/lib/i18n";
import { useFormat } from "@/lib/use-format";
import { hasRows } from "./plan-words";

function Long({ text, label }: { text: string | null; label: string }) {
  if (text === null) return "–";
  return (
    <span className="flex items-center gap-1">
      <span className="min-w-0 truncate font-mono text-xs">{text}</span>
      <CopyButton compact text={text} label={label} />
    </span>
  );
}

interface RehearsalReportProps {
  plan: Plan;
  onRows: (() => void) | null;
}

/** Where the plan was tried, and what that could not show. */
export function RehearsalReport({ plan, onRows }: RehearsalReportProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rehearsal } = plan;
  return (
    <div className="flex flex-col gap-5 p-4">
      <p>{t(`rehearsal.place.${rehearsal.place}`)}</p>
      {rehearsal.limits.length > 0 && (
        <section>
          <h3 className="mb-2 font-semibold">{t("rehearsal.limits")}</h3>
          <ul className="flex flex-col gap-2">
            {rehearsal.limits.map((limit) => (
              <li key={limit.message} className="flex gap-2.5 text-ink-2">
                <CircleDot size={15} aria-hidden className="mt-0.5 shrink-0 text-ink-3" />
                {textFor(`rehearsal.limit.${limit.code}`, limit.params, limit.message)}
              </li>
            ))}
          </ul>
        </section>
      )}
      {onRows && !hasRows(plan) && (
        <section className="flex flex-col items-start gap-2 border-t border-line pt-4">
          <h3 className="font-semibold">{t("place.data.title")}</h3>
          <p className="max-w-prose text-ink-2">
            {t("place.data.about")} {t("place.data.needs")}
          </p>
          <Button onClick={onRows} icon={<Database size={15} aria-hidden />}>
            {t("place.data.action")}
          </Button>
        </section>
      )}
      <dl className="grid gap-x-6 gap-y-4 border-t border-line pt-4 sm:grid-cols-2">
        <Fact name={t("rehearsal.server")}>
          {rehearsal.server_version ? `PostgreSQL ${rehearsal.server_version}` : "–"}
        </Fact>
        <Fact name={t("rehearsal.took")}>
          <span className="figures">{format.duration(rehearsal.duration_ms)}</span>
        </Fact>
        <Fact name={t("rehearsal.before")}>
          <Long text={plan.fingerprint_before} label={t("copy.fingerprint")} />
        </Fact>
        <Fact name={t("rehearsal.after")}>
          <Long text={plan.fingerprint_after} label={t("copy.fingerprint")} />
        </Fact>
        <Fact name={t("rehearsal.digest")}>
          <Long text={plan.digest} label={t("copy.digest")} />
        </Fact>
      </dl>
    </div>
  );
}
