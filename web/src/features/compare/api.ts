import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, request } from "@/api/client";
import { announce, keyOf, refreshEnvironment } from "@/api/queries";
import type { components } from "@/api/schema";

export type Side = components["schemas"]["ComparisonSide"];

const MOST = 50;

/** The backups of this environment that are there to be compared with. */
export function backupSidesQuery(environment: string) {
  return queryOptions({
    queryKey: keyOf(environment, "backups", "sides"),
    queryFn: async ({ signal }) => {
      const query = { environment, limit: MOST };
      const { items } = await request(api.GET("/api/backups", { params: { query }, signal }));
      return items.filter(({ available, state }) => available && state !== "failed");
    },
  });
}

interface Comparing {
  to: Side;
  safe: boolean;
  renames: string[];
}

/** Compare the environment with another side; nothing is changed in either. */
export function useCompare(environment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Comparing) =>
      request(api.POST("/api/comparisons", { params: { query: { environment } }, body })),
    onSuccess: (operation) => announce(client, operation),
  });
}

interface Writing {
  name: string;
  up: string;
}

/** Write the SQL as a new migration of this environment; it is not applied. */
export function useWriteMigration(environment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Writing) =>
      request(api.POST("/api/migrations", { params: { query: { environment } }, body })),
    onSuccess: () => refreshEnvironment(client, environment),
  });
}
