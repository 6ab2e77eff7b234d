import { useTranslation } from "react-i18next";
import type { Plan, TakenBack as Taken } from "@/api/types";
import { Card } from "@/components/card";
import { SqlBlock } from "@/components/sql-block";
import { textFor } from "@/lib/i18n";

function Item({ taken }: { taken: Taken }) {
  const { t } = useTranslation();
  const { way_back: way } = taken;
  const how = textFor(`taken_back.way.${way.code}`, {}, way.message);
  const why = way.reason && textFor(`taken_back.reason.${way.reason}`, {}, way.message);
  return (
    <li className="grid gap-x-6 gap-y-2 border-t border-line px-4 py-3 first:border-t-0 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-1.5">
        <p className="text-sm text-ink-2">
          {t("half_done.step", { number: taken.number })} {t(`half_done.state.${taken.state}`)}
        </p>
        <SqlBlock text={taken.statement} />
      </div>
      <div className="flex min-w-0 flex-col gap-1.5">
        <p className="text-sm text-ink-2">
          {how}
          {why ? `: ${why}` : ""}
        </p>
        {way.sql.map((sql) => (
          <SqlBlock key={sql} text={sql} />
        ))}
      </div>
    </li>
  );
}

/** What a half-done migration had done, and how each of its statements is taken back. */
export function TakenBack({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const taken = plan.taken_back ?? [];
  if (taken.length === 0) return null;
  return (
    <Card title={t("taken_back.title")} flush>
      <p className="px-4 pb-3 text-ink-2">{t("taken_back.about")}</p>
      <ol className="border-t border-line">
        {taken.map((one) => (
          <Item key={`${one.version} ${one.number}`} taken={one} />
        ))}
      </ol>
    </Card>
  );
}
