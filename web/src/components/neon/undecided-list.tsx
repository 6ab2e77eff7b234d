import { useQuery } from "@tanstack/react-query";
import { neonQuery } from "@/api/neon";
import { useEnvironment } from "@/lib/environment";
import { Undecided } from "./undecided";

/** The restores at Neon that wait for a decision; nothing where there are none. */
export function UndecidedRestores() {
  const { name, neon } = useEnvironment();
  const known = useQuery({ ...neonQuery(name), enabled: neon }).data;
  return known?.unfinished.map((restore) => (
    <Undecided key={restore.backup_id} restore={restore} />
  ));
}
