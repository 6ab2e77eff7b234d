/** Cut an identity, quoted as PostgreSQL quotes it, at its dots: `public."a.b".c`. */
export function identityParts(identity: string): string[] {
  const parts: string[] = [];
  let part = "";
  let quoted = false;
  let depth = 0;
  for (const character of identity) {
    if (character === '"') quoted = !quoted;
    if (!quoted && character === "(") depth += 1;
    if (!quoted && character === ")") depth -= 1;
    if (character === "." && !quoted && depth === 0) {
      parts.push(part);
      part = "";
    } else {
      part += character;
    }
  }
  return [...parts, part];
}

/** The last part of an identity: the name people call the thing by. */
export function shortName(identity: string): string {
  return identityParts(identity).at(-1) ?? identity;
}
