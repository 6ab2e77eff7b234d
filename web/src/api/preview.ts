import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, request } from "./client";
import { announce } from "./queries";

/** Begin a preview of what is pending, and go to where it is shown. */
export function useStartPreview(environment: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () =>
      request(
        api.POST("/api/migrations/dry-run", {
          params: { query: { environment } },
          body: { direction: "up" },
        }),
      ),
    onSuccess: async (operation) => {
      await announce(client, operation);
      await navigate({
        to: "/$environment/preview",
        params: { environment },
        search: { operation: operation.id },
      });
    },
  });
}
