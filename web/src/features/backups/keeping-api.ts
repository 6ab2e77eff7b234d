import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, request } from "@/api/client";
import { keyOf, refreshEnvironment } from "@/api/queries";

export function retentionQuery(environment: string) {
  return queryOptions({
    queryKey: keyOf(environment, "retention"),
    queryFn: ({ signal }) =>
      request(api.GET("/api/backups/retention", { params: { query: { environment } }, signal })),
  });
}

export function storeQuery(environment: string) {
  return queryOptions({
    queryKey: keyOf(environment, "store"),
    queryFn: ({ signal }) =>
      request(api.GET("/api/backups/store", { params: { query: { environment } }, signal })),
  });
}

export function scheduleQuery(environment: string) {
  return queryOptions({
    queryKey: keyOf(environment, "schedule"),
    queryFn: ({ signal }) => request(api.GET("/api/backups/schedule", { signal })),
    select: ({ items }) => items.find((item) => item.environment === environment) ?? null,
  });
}

/** Delete what the rules of retention named; the server refuses when it is no longer that. */
export function usePrune(environment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (ids: string[]) =>
      request(
        api.POST("/api/backups/retention", { params: { query: { environment } }, body: { ids } }),
      ),
    onSuccess: () => refreshEnvironment(client, environment),
  });
}

/** List files again that lie beside the backups and whose record was lost. */
export function useAdoptFiles(environment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      request(api.POST("/api/backups/adopt", { params: { query: { environment } } })),
    onSuccess: () => refreshEnvironment(client, environment),
  });
}
