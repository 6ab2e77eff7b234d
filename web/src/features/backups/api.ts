import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, request } from "@/api/client";
import { announce, keyOf, refreshEnvironment } from "@/api/queries";
import type { Backup } from "@/api/types";

const PAGE = 50;

/** What of the list is shown; an empty text asks for all. */
export interface Shown {
  state: Backup["state"] | "";
  search: string;
}

export const ALL: Shown = { state: "", search: "" };

export function backupsQuery(environment: string, { state, search }: Shown = ALL) {
  return infiniteQueryOptions({
    queryKey: keyOf(environment, "backups", state, search),
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam === null ? {} : { after: pageParam };
      const chosen = { ...(state && { state }), ...(search && { search }) };
      const query = { environment, limit: PAGE, ...chosen, ...after };
      return request(api.GET("/api/backups", { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

interface NewBackup {
  label: string | null;
  pinned: boolean;
  kind: Backup["kind"];
}

export function useCreateBackup(environment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewBackup) =>
      request(api.POST("/api/backups", { params: { query: { environment } }, body })),
    onSuccess: (operation) => announce(client, operation),
  });
}

export function useVerifyBackup() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      request(api.POST("/api/backups/{backup_id}/verify", { params: { path: { backup_id: id } } })),
    onSuccess: (operation) => announce(client, operation),
  });
}

export function useProveBackup() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      request(api.POST("/api/backups/{backup_id}/prove", { params: { path: { backup_id: id } } })),
    onSuccess: (operation) => announce(client, operation),
  });
}

interface Changed {
  id: string;
  label?: string | null;
  pinned?: boolean;
}

export function useChangeBackup(environment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: Changed) =>
      request(api.PATCH("/api/backups/{backup_id}", { params: { path: { backup_id: id } }, body })),
    onSuccess: () => refreshEnvironment(client, environment),
  });
}

interface Deleted {
  id: string;
  /** Asked for where nothing could replace what goes. */
  confirmation: string | null;
}

export function useDeleteBackup(environment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, confirmation }: Deleted) =>
      request(
        api.DELETE("/api/backups/{backup_id}", {
          params: { path: { backup_id: id }, query: confirmation === null ? {} : { confirmation } },
        }),
      ),
    onSuccess: () => refreshEnvironment(client, environment),
  });
}

/** Look at what a restore would change, before anything is asked. */
export function useLookAtRestore() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      request(
        api.POST("/api/backups/{backup_id}/compare", { params: { path: { backup_id: id } } }),
      ),
    onSuccess: (operation) => announce(client, operation),
  });
}
