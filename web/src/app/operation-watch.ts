import { Toast } from "@base-ui/react/toast";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { isActive, operationsQuery, refreshEnvironment } from "@/api/queries";
import type { Operation } from "@/api/types";
import { kindWords } from "@/components/operation/words";
import { problemWords } from "@/components/problem-words";
import type { ToastKind } from "./toasts";

const BEGAN_MS = 4_000;
const ENDED_MS = 8_000;

function outcome(operation: Operation): ToastKind {
  if (isActive(operation)) return "began";
  if (operation.state === "succeeded") return "succeeded";
  return operation.state === "cancelled" ? "cancelled" : "failed";
}

/** Whether the page on the screen tells of this operation itself. */
function isShown(operation: Operation, path: string): boolean {
  if (path.endsWith(`/operations/${operation.id}`)) return true;
  if (path.endsWith("/begin")) return ["adopt", "baseline"].includes(operation.kind);
  return operation.kind === "dry_run" && /\/preview(\/|$)/.test(path);
}

/** Tell of operations that begin and end, and ask anew for what they may have changed. */
export function useOperationWatch(): void {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const path = useLocation({ select: (location) => location.pathname });
  const toasts = Toast.useToastManager();
  const operations = useQuery(operationsQuery).data?.items;
  const known = useRef<Map<string, ToastKind> | null>(null);

  useEffect(() => {
    if (!operations) return;
    const before = known.current;
    known.current = new Map(operations.map((operation) => [operation.id, outcome(operation)]));
    // What was there when the page opened is no news.
    if (before === null) return;
    for (const operation of operations) {
      const now = outcome(operation);
      if (before.get(operation.id) === now) continue;
      if (now !== "began" && operation.environment) {
        void refreshEnvironment(client, operation.environment);
      }
      if (isShown(operation, path)) continue;
      tell(operation, now);
    }

    function tell(operation: Operation, kind: ToastKind) {
      const { environment } = operation;
      const id = `${operation.id}-${kind}`;
      if (kind !== "began") toasts.close(`${operation.id}-began`);
      toasts.add({
        id,
        type: kind,
        title: t(`toast.${kind}`, { what: kindWords(operation.kind) }),
        description: operation.error ? problemWords(operation.error).title : (environment ?? ""),
        priority: kind === "failed" ? "high" : "low",
        timeout: kind === "failed" ? 0 : kind === "began" ? BEGAN_MS : ENDED_MS,
        ...(environment && {
          actionProps: {
            children: t("toast.details"),
            onClick: () => {
              toasts.close(id);
              void navigate({
                to: "/$environment/operations/$operation",
                params: { environment, operation: operation.id },
              });
            },
          },
        }),
      });
    }
  }, [operations, client, navigate, path, t, toasts]);
}
