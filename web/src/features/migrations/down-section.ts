const DOWN = /^--\s*(migrate:down|\+goose\s+down)\b[^\n]*$/im;
const UP_GOOSE = /^--\s*\+goose\s+up\b/im;
const UP = /^--\s*migrate:up\b/im;

/** Whether the text already says how to go back; a marker with nothing below it does not. */
export function hasDown(text: string): boolean {
  const marker = DOWN.exec(text);
  if (!marker) return false;
  const below = text.slice(marker.index + marker[0].length).split("\n");
  return below.some((line) => line.trim() !== "" && !line.trimStart().startsWith("--"));
}

/** The text with this way back, below a marker of the kind that the file has. */
export function withDown(text: string, sql: string): string {
  const body = `${sql.trim()}\n`;
  const marker = DOWN.exec(text);
  if (marker) {
    const end = marker.index + marker[0].length;
    const rest = text.slice(end).trim();
    return `${text.slice(0, end)}\n${body}${rest ? `\n${rest}\n` : ""}`;
  }
  if (UP_GOOSE.test(text)) return `${text.trimEnd()}\n\n-- +goose Down\n${body}`;
  const up = UP.test(text) ? text : `-- migrate:up\n${text}`;
  return `${up.trimEnd()}\n\n-- migrate:down\n${body}`;
}
