import type { Reversible } from "@/api/types";
import { i18n, textFor } from "./i18n";

export type WayBackTone = "good" | "warn" | "bad" | "calm";

function answer(value: boolean | null): string {
  return i18n.t(`reversible.${value === null ? "unknown" : value ? "yes" : "no"}`);
}

/** Both answers in half a line: "Schema yes, data no". */
export function reversibleWords(found: Reversible): string {
  return i18n.t("reversible.both", { schema: answer(found.schema), data: answer(found.data) });
}

/** How it was found out, and what differs where something does. */
export function reversibleReason({ code, params, reason }: Reversible): string {
  return textFor(`reversible.why.${code}`, params, reason);
}

export function reversibleTone({ schema, data }: Reversible): WayBackTone {
  if (schema === false) return "bad";
  if (schema === null) return "calm";
  return data === true ? "good" : "warn";
}
