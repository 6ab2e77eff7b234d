import { queryOptions } from "@tanstack/react-query";
import { api, request } from "@/api/client";
import { keyOf } from "@/api/queries";

const A_MINUTE = 60_000;

/** Whether the schema is what the last run left; the whole of it is read for that, so not often. */
export function driftQuery(environment: string) {
  return queryOptions({
    queryKey: keyOf(environment, "drift"),
    queryFn: async ({ signal }) => {
      const query = { environment, drift: true };
      return (await request(api.GET("/api/status", { params: { query }, signal }))).drift;
    },
    staleTime: A_MINUTE,
  });
}

/** The last time that somebody looked what has drifted. */
export function lastDriftQuery(environment: string) {
  return queryOptions({
    queryKey: keyOf(environment, "drift", "last"),
    queryFn: async ({ signal }) => {
      const query = { environment, kind: "drift", state: "succeeded", limit: 1 };
      const found = await request(api.GET("/api/operations", { params: { query }, signal }));
      return found.items[0] ?? null;
    },
  });
}
