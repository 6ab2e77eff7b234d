import { useTranslation } from "react-i18next";
import type { TableDifference } from "@/api/types";
import { Card } from "@/components/card";
import { useFormat } from "@/lib/use-format";

const SHOWN = 200;

interface FigureProps {
  rows: number | null;
  exact?: boolean;
  missing: string;
}

function Figure({ rows, exact = true, missing }: FigureProps) {
  const format = useFormat();
  if (rows === null) return <span className="text-ink-3">{missing}</span>;
  return <>{(exact ? "" : "≈ ") + format.count(rows)}</>;
}

function Row({ table }: { table: TableDifference }) {
  const { t } = useTranslation();
  const { name, rows_now: now, rows_then: then, exact, writes_since: writes } = table;
  const cell = "px-4 py-1.5 text-right figures whitespace-nowrap";
  const fewer = now !== null && now > (then ?? 0);
  return (
    <tr className="border-t border-line">
      <td className="w-full px-4 py-1.5 font-mono text-sm wrap-anywhere">{name}</td>
      <td className={cell}>
        <Figure rows={now} exact={exact} missing={t("restore.not_there")} />
      </td>
      <td className={`${cell} ${fewer ? "font-semibold text-del" : ""}`}>
        <Figure rows={then} missing={t("restore.not_there")} />
      </td>
      <td className={`${cell} max-md:hidden`}>
        <Figure rows={writes} missing={t("restore.unknown")} />
      </td>
    </tr>
  );
}

/** Where nobody knows of any table what was written, saying so of each would tell nothing. */
function differingOf(tables: readonly TableDifference[]): TableDifference[] {
  const known = tables.some(({ writes_since: writes }) => writes !== null);
  return tables.filter(
    ({ rows_now: now, rows_then: then, writes_since: writes }) =>
      now !== then || (known && writes !== 0),
  );
}

/** The tables whose rows differ between now and the backup, or that were written to since. */
export function TableDifferences({ tables }: { tables: readonly TableDifference[] }) {
  const { t } = useTranslation();
  const differing = differingOf(tables);
  if (differing.length === 0) {
    const known = tables.every(({ writes_since: writes }) => writes !== null);
    const words = known ? "restore.same_rows" : "restore.same_rows_known";
    return <p className="px-1 text-ink-2">{t(words)}</p>;
  }
  const head = "px-4 py-2 font-medium text-right whitespace-nowrap";
  return (
    <Card title={t("restore.rows")} flush>
      <table className="w-full text-left">
        <thead className="text-sm text-ink-3">
          <tr>
            <th className="px-4 py-2 font-medium">{t("restore.table")}</th>
            <th className={head}>{t("restore.now")}</th>
            <th className={head}>{t("restore.then")}</th>
            <th className={`${head} max-md:hidden`}>{t("restore.writes")}</th>
          </tr>
        </thead>
        <tbody>
          {differing.slice(0, SHOWN).map((table) => (
            <Row key={table.name} table={table} />
          ))}
        </tbody>
      </table>
      {differing.length > SHOWN && (
        <p className="px-4 py-2 text-sm text-ink-3">
          {t("restore.more_tables", { count: differing.length - SHOWN })}
        </p>
      )}
    </Card>
  );
}
