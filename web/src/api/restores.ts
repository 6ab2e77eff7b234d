import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, request } from "./client";
import { announce, keyOf, refreshEnvironment } from "./queries";
import type { RestoreMode } from "./types";

/** One backup, wherever it is spoken of by its id alone. */
export function backupQuery(environment: string, id: string) {
  return queryOptions({
    queryKey: keyOf(environment, "backup", id),
    queryFn: ({ signal }) =>
      request(api.GET("/api/backups/{backup_id}", { params: { path: { backup_id: id } }, signal })),
  });
}

/** The databases that restores have kept, as the way back. */
export function previousQuery(environment: string) {
  return queryOptions({
    queryKey: keyOf(environment, "previous"),
    queryFn: ({ signal }) =>
      request(api.GET("/api/restores", { params: { query: { environment } }, signal })),
  });
}

interface Wanted {
  id: string;
  mode: RestoreMode;
  confirmation: string | null;
  tables: string[];
}

export function useRestore() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, mode, confirmation, tables }: Wanted) =>
      request(
        api.POST("/api/backups/restore", {
          body: { backup_id: id, mode, tables, ...(confirmation !== null && { confirmation }) },
        }),
      ),
    onSuccess: (operation) => announce(client, operation),
  });
}

interface Confirmed {
  database: string;
  confirmation: string;
}

export function useUndoRestore(environment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Confirmed) =>
      request(api.POST("/api/restores/undo", { params: { query: { environment } }, body })),
    onSuccess: (operation) => announce(client, operation),
  });
}

export function useForgetPrevious(environment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ database, confirmation }: Confirmed) =>
      request(
        api.DELETE("/api/restores/{database}", {
          params: { path: { database }, query: { environment, confirmation } },
        }),
      ),
    onSuccess: () => refreshEnvironment(client, environment),
  });
}
