import type { Level } from "@/api/types";

/** How a place in a text is marked: as an error, or by the level of its risk. */
export type Gravity = "error" | Level;

const ORDER: readonly Gravity[] = ["low", "medium", "high", "critical", "error"];

export interface Mark {
  line: number;
  column: number;
  end_line: number;
  end_column: number;
  gravity: Gravity;
  message: string;
}

function graver(one: Gravity, other: Gravity): Gravity {
  return ORDER.indexOf(one) >= ORDER.indexOf(other) ? one : other;
}

export function gravityOf(diagnostic: {
  severity: "error" | "risk";
  level: Level | null;
}): Gravity {
  return diagnostic.severity === "error" ? "error" : (diagnostic.level ?? "low");
}

/** The gravest mark of each line. */
export function gravestByLine(marks: readonly Mark[]): Map<number, Mark> {
  const found = new Map<number, Mark>();
  for (const mark of marks) {
    const known = found.get(mark.line);
    if (!known || graver(mark.gravity, known.gravity) === mark.gravity) found.set(mark.line, mark);
  }
  return found;
}

interface Lines {
  lines: number;
  line: (number: number) => { from: number; to: number; text: string };
}

/** The offset of a place, kept inside the text: answers may be about an older one. */
export function offsetOf(doc: Lines, line: number, column: number): number {
  const { from, to, text } = doc.line(Math.min(Math.max(line, 1), doc.lines));
  // Columns count characters as people do; the editor counts UTF-16 units.
  const units = [...text].slice(0, Math.max(column - 1, 0)).join("").length;
  return Math.min(from + units, to);
}

/** The range of a mark; an empty one is widened to one character where there is one. */
export function rangeOf(doc: Lines, mark: Mark): { from: number; to: number } {
  const from = offsetOf(doc, mark.line, mark.column);
  const to = Math.max(offsetOf(doc, mark.end_line, mark.end_column), from);
  if (to > from) return { from, to };
  const end = doc.line(doc.lines).to;
  return from < end ? { from, to: from + 1 } : { from: Math.max(from - 1, 0), to: from };
}
