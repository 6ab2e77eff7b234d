const STARTS = /\n\n(?=(?:CREATE|ALTER|COMMENT|DO|GRANT)\b)/;
const HEAD = /^(?:CREATE|ALTER)\s+(?:OR REPLACE\s+)?([A-Z ]+?)\s+((?:"(?:[^"]|"")*"|[^\s("])+)/;

/** What an ALTER is about: without it all of a table would be taken for the table itself. */
const SUBJECT =
  /\b(?:ADD CONSTRAINT|ALTER COLUMN|ATTACH PARTITION|OWNER TO)\s+((?:"(?:[^"]|"")*"|\S)+)/;

function keyOf(block: string): string {
  const head = HEAD.exec(block);
  if (!head) return block.split("\n", 1)[0] ?? "";
  const named = `${head[1]} ${head[2]}`;
  return block.startsWith("ALTER") ? `ALTER ${named} ${SUBJECT.exec(block)?.[0] ?? ""}` : named;
}

/**
 * Put the objects of *after* into the order of *before*, new ones at the end. Each side comes in the
 * order in which it could be created, and one new dependency can turn that order around: beside each
 * other the same table would then stand at two different places and look dropped and made anew.
 */
export function alignDdl(before: string, after: string): string {
  const blocks = after.trimEnd().split(STARTS);
  const places = new Map(
    before
      .trimEnd()
      .split(STARTS)
      .map((block, place) => [keyOf(block), place]),
  );
  const placeOf = (block: string) => places.get(keyOf(block)) ?? Number.POSITIVE_INFINITY;
  const compare = (one: string, other: string) => {
    const [a, b] = [placeOf(one), placeOf(other)];
    return a === b ? 0 : a - b;
  };
  return `${blocks.toSorted(compare).join("\n\n")}\n`;
}
