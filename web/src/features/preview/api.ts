import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, request } from "@/api/client";
import { announce, keyOf, refreshEnvironment } from "@/api/queries";
import type { Plan } from "@/api/types";

const BLOCKED_POLL_MS = 5_000;
const FREE_POLL_MS = 15_000;

export function plansQuery(environment: string) {
  return queryOptions({
    queryKey: keyOf(environment, "plans"),
    queryFn: ({ signal }) =>
      request(api.GET("/api/plans", { params: { query: { environment, limit: 1 } }, signal })),
    staleTime: 0,
  });
}

export function planQuery(environment: string, plan: string) {
  return queryOptions({
    queryKey: keyOf(environment, "plan", plan),
    queryFn: ({ signal }) =>
      request(api.GET("/api/plans/{plan_id}", { params: { path: { plan_id: plan } }, signal })),
  });
}

/** Who is in the way of a plan; what its preview saw stands until it is looked at again. */
export function blockersQuery(environment: string, plan: Plan) {
  return queryOptions({
    queryKey: keyOf(environment, "plan", plan.plan_id, "blockers"),
    queryFn: ({ signal }) =>
      request(
        api.GET("/api/plans/{plan_id}/blockers", {
          params: { path: { plan_id: plan.plan_id } },
          signal,
        }),
      ),
    enabled: plan.state === "ready" && plan.statements.length > 0,
    initialData: { items: plan.blockers ?? [], checked_at: plan.created_at },
    initialDataUpdatedAt: Date.parse(plan.created_at),
    refetchInterval: ({ state }) => (state.data?.items.length ? BLOCKED_POLL_MS : FREE_POLL_MS),
    // What the preview saw a second ago may be over, or just begun.
    staleTime: 0,
  });
}

interface Agreed {
  plan_id: string;
  confirmation: string | null;
  accepted_risks: string[];
}

/** Apply a plan; the server holds it to everything that the plan requires. */
export function useApply(environment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Agreed) => request(api.POST("/api/migrations/apply", { body })),
    onSuccess: (operation) => announce(client, operation),
    // A refusal says that something moved: what is on the screen is not true any more.
    onError: () => refreshEnvironment(client, environment),
  });
}
