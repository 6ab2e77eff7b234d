import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, request } from "@/api/client";
import { announce, keyOf, refreshEnvironment } from "@/api/queries";

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
