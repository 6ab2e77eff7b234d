import type { Violation } from "@/api/types";
import { i18n, textFor } from "@/lib/i18n";
import { shortName } from "@/lib/identity";

/** What the rows have against the change: "phone is NULL in 4 rows of customers". */
export function violationWords({ kind, rows, table, identity }: Violation): string {
  const of = { table: shortName(table), name: shortName(identity) };
  if (rows === null) return textFor(`violation.uncounted.${kind}`, of, identity);
  return i18n.t(`violation.${kind}`, { count: rows, ...of });
}
