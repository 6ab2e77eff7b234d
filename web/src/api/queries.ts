import {
  type QueryClient,
  queryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api, request } from "./client";
import type { Operation, Preferences, Status } from "./types";

/** Everything known about one database lies below this key, so that it can be asked anew at once. */
export function keyOf(environment: string, ...rest: (string | number)[]): readonly unknown[] {
  return ["environment", environment, ...rest];
}

export function refreshEnvironment(client: QueryClient, environment: string): Promise<void> {
  return client.invalidateQueries({ queryKey: keyOf(environment) });
}

export const environmentsQuery = queryOptions({
  queryKey: ["environments"],
  queryFn: ({ signal }) => request(api.GET("/api/environments", { signal })),
  staleTime: 60_000,
});

export const aboutQuery = queryOptions({
  queryKey: ["about"],
  queryFn: ({ signal }) => request(api.GET("/api/about", { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});

const DEFAULTS: Preferences = { language: null, theme: "system" };

export const preferencesQuery = queryOptions({
  queryKey: ["preferences"],
  queryFn: async ({ signal }): Promise<Preferences> => ({
    ...DEFAULTS,
    ...(await request(api.GET("/api/preferences", { signal }))),
  }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Save what changed of the preferences; the screen follows at once, the server after it. */
export function usePreferences() {
  const client = useQueryClient();
  const known = useQuery(preferencesQuery).data;
  const current = known ?? DEFAULTS;
  const save = useMutation({
    mutationFn: (body: Preferences) => request(api.PUT("/api/preferences", { body })),
  });
  const change = (wanted: Partial<Preferences>) => {
    const body = { ...current, ...wanted };
    client.setQueryData(preferencesQuery.queryKey, body);
    save.mutate(body);
  };
  return { preferences: current, change };
}

export function statusQuery(environment: string) {
  return queryOptions({
    queryKey: keyOf(environment, "status"),
    queryFn: ({ signal }) =>
      request(api.GET("/api/status", { params: { query: { environment } }, signal })),
    // While somebody else is at work, what is on the screen does not hold for long.
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? POLL_MS : false),
  });
}

function isMoving({ lock, half_done = [] }: Status): boolean {
  return lock !== null || half_done.some(({ steps }) => steps.some((step) => step.running_pid));
}

const POLL_MS = 2_000;

/** The newest operations of all environments: what runs is watched through this. */
export const operationsQuery = queryOptions({
  queryKey: ["operations"],
  queryFn: ({ signal }) =>
    request(api.GET("/api/operations", { params: { query: { limit: 20 } }, signal })),
  refetchInterval: POLL_MS,
  retry: false,
});

export function operationQuery(id: string) {
  return queryOptions({
    queryKey: ["operation", id],
    queryFn: ({ signal }) =>
      request(
        api.GET("/api/operations/{operation_id}", {
          params: { path: { operation_id: id } },
          signal,
        }),
      ),
  });
}

export function useCancel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      request(
        api.POST("/api/operations/{operation_id}/cancel", {
          params: { path: { operation_id: id } },
        }),
      ),
    onSuccess: (operation) => {
      client.setQueryData(["operation", operation.id], operation);
      return client.invalidateQueries({ queryKey: operationsQuery.queryKey });
    },
  });
}

export function isActive(operation: Operation): boolean {
  return (
    operation.state === "queued" ||
    operation.state === "running" ||
    operation.state === "cancelling"
  );
}

/** Say that an operation began, so that whatever watches operations sees it without waiting. */
export function announce(client: QueryClient, operation: Operation): Promise<void> {
  client.setQueryData(["operation", operation.id], operation);
  return client.invalidateQueries({ queryKey: operationsQuery.queryKey });
}
