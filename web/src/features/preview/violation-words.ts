import type { Violation } from "@/api/types";
import { i18n, textFor } from "@/lib/i18n";
import { shortName } from "@/lib/identity";

/** What the rows have against the change: "Four rows of orders are NULL". */
export function violationWords({ kind, rows, table, identity }: Violation): string {
  const of = { table: shortName(table), identity };
  if (rows === null) return textFor(`violation.uncounted.${kind}`, of, identity);
  return i18n.t(`violation.${kind}`, { count: rows, ...of });
}
