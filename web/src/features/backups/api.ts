import { infiniteQueryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api, request } from "@/api/client";
import { announce, keyOf, refreshEnvironment } from "@/api/queries";

const PAGE = 50;

export function backupsQuery(environment: string) {
  return infiniteQueryOptions({
    queryKey: keyOf(environment, "backups"),
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam === null ? {} : { after: pageParam };
      const query = { environment, limit: PAGE, ...after };
      return request(api.GET("/api/backups", { params: { query }, signal }));
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

interface NewBackup {
  label: string | null;
  pinned: boolean;
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

interface Confirmed {
  id: string;
  confirmation: string;
}

export function useDeleteBackup(environment: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, confirmation }: Confirmed) =>
      request(
        api.DELETE("/api/backups/{backup_id}", {
          params: { path: { backup_id: id }, query: { confirmation } },
        }),
      ),
    onSuccess: () => refreshEnvironment(client, environment),
  });
}

export function useRestore() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, confirmation }: Confirmed) =>
      request(
        api.POST("/api/backups/restore", {
          body: { backup_id: id, confirmation, mode: "swap" },
        }),
      ),
    onSuccess: (operation) => announce(client, operation),
  });
}
