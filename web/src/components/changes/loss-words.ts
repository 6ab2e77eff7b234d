import type { Loss } from "@/api/types";
import { i18n } from "@/lib/i18n";
import { identityParts, shortName } from "@/lib/identity";

/** What is lost, in a few words: "3 265 values of customers.fax". */
export function lossWords({ identity, kind, rows, exact }: Loss): string {
  const of = kind === "values" ? identityParts(identity).slice(-2).join(".") : shortName(identity);
  if (rows === null) return i18n.t(`loss.uncounted.${kind}`, { of });
  return i18n.t(`loss.${exact ? "exact" : "about"}.${kind}`, { count: rows, of });
}
