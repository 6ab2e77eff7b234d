import type { Side } from "./api";

/** A side as one word, for a list to choose from and for the address of the page. */
export function sideKey({ kind, name }: Side): string {
  return `${kind}:${name}`;
}

const KINDS: readonly Side["kind"][] = ["environment", "migrations", "backup"];

/** The side that a word names; null where it names none. */
export function sideOf(key: string | undefined): Side | null {
  if (key === undefined) return null;
  const cut = key.indexOf(":");
  const kind = KINDS.find((known) => known === key.slice(0, Math.max(cut, 0)));
  const name = key.slice(cut + 1);
  return kind && name ? { kind, name } : null;
}

/** What the command line and the API call a rename: `kind:old=new`. */
export function renameKey({ kind, from, to }: { kind: string; from: string; to: string }): string {
  return `${kind}:${from}=${to}`;
}

/** Whether the SQL could be a migration: what is pending is one already. */
export function canBeWritten(environment: string, side: Side | null): boolean {
  return !(side?.kind === "migrations" && side.name === environment);
}
