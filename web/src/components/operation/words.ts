import type { LogLine } from "@/api/events";
import type { Operation } from "@/api/types";
import { textFor } from "@/lib/i18n";

/** What an operation is doing now, in a sentence. */
export function stepWords(operation: Operation): string | null {
  const step = operation.progress?.step;
  if (!step) return null;
  const detailed = textFor(`operation.step.${step.code}`, step.params, step.code);
  const subject = step.params.name ?? step.params.table;
  return subject === undefined ? detailed : `${detailed}: ${String(subject)}`;
}

export function stageWords(code: string): string {
  return textFor(`operation.step.${code}`, {}, code);
}

/** A line of the log, in the user's words where it has a code. */
export function logWords({ message, code, params }: LogLine): string {
  if (!code) return message;
  const alone = code === "waiting" && params?.queue === 0 ? "_alone" : "";
  return textFor(`operation.said.${code}${alone}`, params ?? {}, message);
}

export function unitWords(unit: string): string {
  return textFor(`operation.unit.${unit}`, {}, unit);
}

export function kindWords(kind: string): string {
  return textFor(`operation.kind.${kind}`, {}, kind);
}
