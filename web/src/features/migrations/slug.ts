const LONGEST = 80;

/** The second part of a file's name; letters lose their accents instead of becoming gaps. */
export function slug(name: string): string {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "")
    .slice(0, LONGEST)
    .replace(/_$/, "");
}
