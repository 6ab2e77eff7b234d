import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, request } from "./client";
import { announce, keyOf, refreshEnvironment } from "./queries";

/** Where a database lives at Neon, what was left there, and which restores wait for a decision. */
export function neonQuery(environment: string) {
  return queryOptions({
    queryKey: keyOf(environment, "neon"),
    queryFn: ({ signal }) =>
      request(api.GET("/api/neon", { params: { query: { environment } }, signal })),
    // It asks another service over the net; whatever Vado does there asks anew.
    staleTime: 30_000,
    retry: false,
  });
}

interface Confirmed {
  id: string;
  confirmation: string;
}

/** Put the branch that was looked at in the place of the database's. */
export function useFinalize() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, confirmation }: Confirmed) =>
      request(
        api.POST("/api/backups/{backup_id}/finalize", {
          params: { path: { backup_id: id } },
          body: { confirmation },
        }),
      ),
    onSuccess: (operation) => announce(client, operation),
  });
}

/** Delete the branch that was looked at; the database stays as it is. */
export function useAbandon() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      request(
        api.POST("/api/backups/{backup_id}/abandon", { params: { path: { backup_id: id } } }),
      ),
    onSuccess: (operation) => announce(client, operation),
  });
}

export function useRemoveOrphan(environment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (branch: string) =>
      request(
        api.DELETE("/api/neon/orphans/{branch_id}", {
          params: { path: { branch_id: branch }, query: { environment } },
        }),
      ),
    onSuccess: () => refreshEnvironment(client, environment),
  });
}
