import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, request } from "@/api/client";
import { keyOf } from "@/api/queries";

const PAGE = 50;

export const KINDS = [
  "apply",
  "dry_run",
  "backup",
  "verify",
  "restore",
  "baseline",
  "adopt",
  "repair",
] as const;

export function historyQuery(environment: string, kind: string | null) {
  return infiniteQueryOptions({
    queryKey: keyOf(environment, "history", kind ?? "all"),
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam === null ? {} : { after: pageParam };
      const query = { environment, limit: PAGE, ...(kind && { kind }), ...after };
      return request(api.GET("/api/operations", { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

export function chainQuery(environment: string) {
  return queryOptions({
    queryKey: keyOf(environment, "chain"),
    queryFn: ({ signal }) => request(api.GET("/api/audit/verify", { signal })),
  });
}
