import { useQuery } from "@tanstack/react-query";
import { statusQuery } from "@/api/queries";
import { HalfDoneCard } from "@/components/half-done/card";
import { useEnvironment } from "@/lib/environment";

/** What is known of a migration that stopped half-way; nothing for all others. */
export function HalfDoneOf({ version }: { version: string }) {
  const environment = useEnvironment().name;
  const half = useQuery(statusQuery(environment)).data?.half_done?.find(
    (one) => one.version === version,
  );
  return half ? <HalfDoneCard half={half} environment={environment} /> : null;
}
