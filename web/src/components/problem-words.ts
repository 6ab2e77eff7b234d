import type { Problem } from "@/api/types";
import { i18n, textFor } from "@/lib/i18n";

/**
 * A problem in the user's language, by its code and, where it tells one, its reason; the server's English where we have no words. Its
 * hint names the object, so in English it goes before ours.
 */
export function problemWords(problem: Problem): { title: string; hint: string | null } {
  const because = `because.${problem.code}.${String(problem.details.reason)}`;
  if (i18n.exists(`${because}.title`)) {
    return {
      title: textFor(`${because}.title`, problem.details, problem.message),
      hint: textFor(`${because}.hint`, problem.details, problem.hint ?? ""),
    };
  }
  // What runs in steps is not rolled back as a whole, and must never be told so.
  const half = problem.details.rolled_back === false ? "_half" : "";
  const ownWords = `error.${problem.code}${half}`;
  const title = textFor(`${ownWords}.title`, problem.details, capitalised(problem.message));
  const english = i18n.language === "en" && !half ? problem.hint : null;
  const hint = english ?? textFor(`${ownWords}.hint`, problem.details, problem.hint ?? "");
  return { title, hint: hint || null };
}

function capitalised(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
