import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api, request } from "@/api/client";
import { announce, keyOf, refreshEnvironment } from "@/api/queries";
import type { MigrationState, PlanMigration, Reversible } from "@/api/types";

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

const ALL = 200;

/** What can be undone: everything that is applied, newest first. */
export function appliedQuery(environment: string) {
  return queryOptions({
    queryKey: keyOf(environment, "migrations", "standing"),
    queryFn: async ({ signal }) => {
      const query = { environment, limit: ALL };
      const { items } = await request(api.GET("/api/migrations", { params: { query }, signal }));
      return items.filter((one) => one.applied_at !== null && one.state !== "partial");
    },
  });
}

const PLANS = 50;

/** What previews have proven of ways back, by version and checksum of the file. */
export function provenQuery(environment: string) {
  return queryOptions({
    queryKey: keyOf(environment, "plans", "proven"),
    queryFn: async ({ signal }) => {
      const query = { environment, limit: PLANS };
      const { items } = await request(api.GET("/api/plans", { params: { query }, signal }));
      return provenBy(items.flatMap(({ migrations }) => migrations));
    },
    staleTime: 30_000,
  });
}

type Planned = Pick<PlanMigration, "version" | "checksum" | "reversible">;

/** The newest proof of each text; plans come newest first. */
export function provenBy(planned: readonly Planned[]): Map<string, Reversible> {
  const proven = new Map<string, Reversible>();
  for (const { version, checksum, reversible } of planned) {
    const key = proofKey(version, checksum);
    if (reversible && !proven.has(key)) proven.set(key, reversible);
  }
  return proven;
}

export function proofKey(version: string, checksum: string | null): string {
  return `${version} ${checksum}`;
}

interface Repairing {
  action: "fix_record" | "restore_file";
  checksum: string | null;
  confirmation: string | null;
}

/** Make file and record agree again; which of the two is right has to be said. */
export function useRepair(environment: string, version: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Repairing) =>
      request(
        api.POST("/api/migrations/{version}/repair", {
          params: { path: { version }, query: { environment } },
          body,
        }),
      ),
    onSuccess: (operation) => announce(client, operation),
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
export function validateText(text: string, proposeDown: boolean, signal: AbortSignal) {
  const body = { text, propose_down: proposeDown };
  return request(api.POST("/api/migrations/validate", { body, signal }));
}

/** Have a text tried on a copy of the structure, and taken back. */
export function tryText(environment: string, version: string, text: string) {
  const params = { query: { environment } };
  return request(api.POST("/api/migrations/try", { params, body: { text, version } }));
}
