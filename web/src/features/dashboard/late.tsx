import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, request } from "@/api/client";
import { useStartPlan } from "@/api/preview";
import { refreshEnvironment } from "@/api/queries";
import type { Status } from "@/api/types";
import { Button } from "@/components/button";
import { Notice } from "@/components/notice";
import { ErrorState } from "@/components/states";
import { Ago } from "@/components/time";
import { References } from "./references";

/** That somebody agreed to late files for this database, and the way to take that back. */
function Consent({ status }: { status: Status }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { environment: name } = status;
  const revoke = useMutation({
    mutationFn: () =>
      request(
        api.DELETE("/api/environments/{name}/consents/{kind}", {
          params: { path: { name, kind: "out-of-order" } },
        }),
      ),
    onSuccess: () => refreshEnvironment(client, name),
  });
  const [consent] = status.consents ?? [];
  if (!consent) return null;
  return (
    <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>
        {t("conflict.out_of_order.agreed", { actor: consent.actor })}{" "}
        <Ago at={consent.granted_at} />.
      </span>
      <Button small disabled={revoke.isPending} onClick={() => revoke.mutate()}>
        {t("conflict.out_of_order.revoke")}
      </Button>
      {revoke.error && <ErrorState error={revoke.error} />}
    </p>
  );
}

/** What came late from another branch is applied only when somebody says so. */
export function Late({ status }: { status: Status }) {
  const { t } = useTranslation();
  const start = useStartPlan(status.environment);
  const late = status.out_of_order;
  if (late.length === 0) return null;
  return (
    <Notice
      tone="warn"
      title={t("conflict.out_of_order.title", { count: late.length })}
      action={
        <Button
          disabled={start.isPending}
          onClick={() => start.mutate({ what: "up", outOfOrder: true })}
        >
          {t("conflict.out_of_order.action")}
        </Button>
      }
    >
      {t("conflict.out_of_order.hint")}
      <References environment={status.environment} of={late} />
      <Consent status={status} />
      {start.error && <ErrorState error={start.error} />}
    </Notice>
  );
}
