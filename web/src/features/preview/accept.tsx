import { useTranslation } from "react-i18next";
import type { Plan } from "@/api/types";
import { LevelChip } from "@/components/badges";
import { CheckField } from "@/components/field";
import { useRiskWords } from "@/lib/risk-words";
import { type Acceptance, OUT_OF_ORDER } from "./demands";

interface AcceptProps {
  demand: Acceptance;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function Accept({ demand, checked, onChange }: AcceptProps) {
  const { t } = useTranslation();
  const words = useRiskWords();
  return (
    <CheckField checked={checked} onChange={onChange}>
      <span className="flex flex-col items-start gap-1">
        <span className="flex flex-wrap items-center gap-2">
          <LevelChip level={demand.level} />
          <span className="text-sm text-ink-2">{t("apply.accept")}</span>
        </span>
        {demand.risks.map((risk) => (
          <span key={`${risk.version} ${risk.line}:${risk.column}`} className="block">
            {words(risk.rule, risk).message}
          </span>
        ))}
      </span>
    </CheckField>
  );
}

interface AcceptAllProps {
  plan: Plan;
  accept: readonly Acceptance[];
  late: readonly string[];
  accepted: readonly string[];
  onChange: (accepted: string[]) => void;
}

/** Everything that has to be read and agreed to, one by one. */
export function AcceptAll({ plan, accept, late, accepted, onChange }: AcceptAllProps) {
  const { t } = useTranslation();
  if (accept.length === 0 && late.length === 0) return null;
  const set = (rule: string, checked: boolean) =>
    onChange(checked ? [...accepted, rule] : accepted.filter((one) => one !== rule));
  const names = plan.migrations.filter(({ version }) => late.includes(version));
  return (
    <fieldset className="flex flex-col gap-3 border-t border-line pt-4">
      <legend className="sr-only">{t("apply.accept_legend")}</legend>
      {late.length > 0 && (
        <CheckField
          checked={accepted.includes(OUT_OF_ORDER)}
          onChange={(checked) => set(OUT_OF_ORDER, checked)}
        >
          {t("apply.late", { names: names.map(({ name }) => name).join(", ") })}
          <span className="block text-sm text-ink-2">{t("apply.late_once")}</span>
        </CheckField>
      )}
      {accept.map((demand) => (
        <Accept
          key={demand.rule}
          demand={demand}
          checked={accepted.includes(demand.rule)}
          onChange={(checked) => set(demand.rule, checked)}
        />
      ))}
    </fieldset>
  );
}
