import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, request } from "@/api/client";
import { announce } from "@/api/queries";

/** The tools whose projects can be taken over; the first of the list finds out by itself. */
export const TOOLS = [
  "alembic",
  "dbmate",
  "drizzle",
  "flyway",
  "golang-migrate",
  "goose",
  "graphile-migrate",
  "node-pg-migrate",
  "prisma",
  "sqitch",
  "supabase",
] as const;

export interface Adopting {
  tool: string | null;
  folder: string | null;
  dry_run: boolean;
}

/** Look at another tool's project, or take it over once that is proven. */
export function useAdopt(environment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Adopting) =>
      request(
        api.POST("/api/migrations/adopt", {
          params: { query: { environment } },
          body: { ...body, accept_differences: false },
        }),
      ),
    onSuccess: (operation) => announce(client, operation),
  });
}

export interface Beginning {
  name: string;
  dry_run: boolean;
}

/** Try a baseline, or take it. */
export function useBaseline(environment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Beginning) =>
      request(api.POST("/api/migrations/baseline", { params: { query: { environment } }, body })),
    onSuccess: (operation) => announce(client, operation),
  });
}
