import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api, request } from "@/api/client";
import { keyOf, refreshEnvironment } from "@/api/queries";
import type { MigrationState } from "@/api/types";

const PAGE = 100;

export interface Filter {
  search: string;
  state: MigrationState | null;
}

export function migrationsQuery(environment: string, { search, state }: Filter) {
  return infiniteQueryOptions({
    queryKey: keyOf(environment, "migrations", search, state ?? "all"),
    queryFn: ({ pageParam, signal }) => {
      const query = { environment, limit: PAGE, search, ...(state && { state }) };
      const after = pageParam === null ? {} : { after: pageParam };
      return request(
        api.GET("/api/migrations", { params: { query: { ...query, ...after } }, signal }),
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });
}

export function migrationQuery(environment: string, version: string) {
  return queryOptions({
    queryKey: keyOf(environment, "migration", version),
    queryFn: ({ signal }) =>
      request(
        api.GET("/api/migrations/{version}", {
          params: { path: { version }, query: { environment } },
          signal,
        }),
      ),
  });
}

export function useCreateMigration(environment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      request(
        api.POST("/api/migrations", {
          params: { query: { environment } },
          body: { name, up: "", down: "" },
        }),
      ),
    onSuccess: () => refreshEnvironment(client, environment),
  });
}

interface Saving {
  text: string;
  checksum: string;
}

export function useSaveMigration(environment: string, version: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Saving) =>
      request(
        api.PUT("/api/migrations/{version}", {
          params: { path: { version }, query: { environment } },
          body,
        }),
      ),
    onSuccess: () => refreshEnvironment(client, environment),
  });
}

export function useDeleteMigration(environment: string, version: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () =>
      request(
        api.DELETE("/api/migrations/{version}", {
          params: { path: { version }, query: { environment } },
        }),
      ),
    onSuccess: () => {
      client.removeQueries({ queryKey: keyOf(environment, "migration", version) });
      return refreshEnvironment(client, environment);
    },
  });
}

/** Ask what is wrong with a text; the signal drops an answer about an older one. */
export function validateText(text: string, signal: AbortSignal) {
  return request(api.POST("/api/migrations/validate", { body: { text }, signal }));
}
