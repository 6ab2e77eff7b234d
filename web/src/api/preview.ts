import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, request } from "./client";
import { announce } from "./queries";
import type { Offer, Operation } from "./types";

/** A plan to be made; none of them changes anything before it is applied. */
export type Wanted =
  /** `onRows`: on a copy with the rows of the database, not of its structure alone. */
  | { what: "up"; outOfOrder?: boolean; onRows?: boolean }
  | { what: "undo"; to: string | null }
  | { what: "mark"; version: string; as: "applied" | "pending" }
  | { what: "offer"; offer: Offer };

const OFFERED = [
  "/api/migrations/dry-run",
  "/api/migrations/undo",
  "/api/migrations/mark",
] as const;

/** Whether an offer leads to where plans are made: the server may be newer than this page. */
export function isKnown({ path }: Offer): boolean {
  return OFFERED.some((known) => known === path);
}

function ask(environment: string, wanted: Wanted): Promise<Operation> {
  const params = { query: { environment } };
  switch (wanted.what) {
    case "up": {
      const body = {
        direction: "up" as const,
        out_of_order: wanted.outOfOrder ?? false,
        place: wanted.onRows ? ("data" as const) : null,
      };
      return request(api.POST("/api/migrations/dry-run", { params, body }));
    }
    case "undo":
      return request(api.POST("/api/migrations/undo", { params, body: { to: wanted.to } }));
    case "mark": {
      const body = { version: wanted.version, as: wanted.as };
      return request(api.POST("/api/migrations/mark", { params, body }));
    }
    case "offer": {
      // The body is the server's own; only the path is chosen from those that are known here.
      const path = OFFERED.find((known) => known === wanted.offer.path) ?? OFFERED[0];
      return request(api.POST(path, { params, body: wanted.offer.body as never }));
    }
  }
}

/** Begin a plan, and go to where it is shown. */
export function useStartPlan(environment: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (wanted: Wanted) => ask(environment, wanted),
    onSuccess: async (operation, { what }) => {
      await announce(client, operation);
      await navigate({
        to: "/$environment/preview",
        params: { environment },
        search: { operation: operation.id, ...(what !== "up" && { what }) },
      });
    },
  });
}

/** Begin a preview of what is pending, and go to where it is shown. */
export function useStartPreview(environment: string) {
  const { mutate, ...rest } = useStartPlan(environment);
  return { ...rest, mutate: (onRows = false) => mutate({ what: "up", onRows }) };
}
