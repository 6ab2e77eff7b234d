import type { Diagnostic, Tried } from "@/api/types";
import type { Mark } from "@/lib/diagnostics";

/** Beyond the end of any line: the editor keeps places inside the text. */
const LINE_END = 100_000;

/**
 * The first error as a mark in the text, to the end of its line; null where the text itself is known
 * to be wrong there, which is said already.
 */
export function errorMark(tried: Tried | null, known: readonly Diagnostic[]): Mark | null {
  const error = tried?.error;
  if (!error) return null;
  const { line, column, message } = error;
  if (known.some((one) => one.severity === "error" && one.line === line)) return null;
  return { line, column, end_line: line, end_column: LINE_END, gravity: "error", message };
}
