import { useQuery } from "@tanstack/react-query";
import { RotateCw, UserCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Blocker, Plan } from "@/api/types";
import { Button } from "@/components/button";
import { Notice } from "@/components/notice";
import { SessionFacts } from "@/components/session-facts";
import { Ago } from "@/components/time";
import { useEnvironment } from "@/lib/environment";
import { blockersQuery } from "./api";

function BlockerItem({ blocker }: { blocker: Blocker }) {
  const { t } = useTranslation();
  return (
    <li>
      <SessionFacts {...blocker}>
        <strong className="font-semibold text-ink">
          {blocker.kind === "lock"
            ? t("blockers.holds", { table: blocker.table })
            : t("blockers.long")}
        </strong>
      </SessionFacts>
    </li>
  );
}

/** Who is in the way of the plan now: looked at when it is opened, and whenever one asks. */
export function Blockers({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const query = useQuery(blockersQuery(useEnvironment().name, plan));
  const { items, checked_at: checked } = query.data;
  if (plan.state !== "ready" || plan.statements.length === 0) return null;
  const look = (
    <Button
      small
      look={items.length > 0 ? "plain" : "quiet"}
      onClick={() => void query.refetch()}
      icon={<RotateCw size={14} aria-hidden className={query.isFetching ? "animate-spin" : ""} />}
    >
      {t("blockers.again")}
    </Button>
  );
  if (items.length === 0) {
    return (
      <p role="status" className="flex flex-wrap items-center gap-x-2 text-sm text-ink-2">
        <UserCheck size={16} aria-hidden className="text-ok" />
        {query.error ? (
          t("blockers.failed")
        ) : (
          <span>
            {t("blockers.none")} {t("blockers.checked")} <Ago at={checked} />.
          </span>
        )}
        {look}
      </p>
    );
  }
  return (
    <Notice tone="warn" title={t("blockers.title", { count: items.length })} action={look}>
      <p>{t("blockers.hint")}</p>
      <ul className="mt-2 flex flex-col gap-3">
        {items.map((blocker) => (
          <BlockerItem key={`${blocker.pid} ${blocker.table}`} blocker={blocker} />
        ))}
      </ul>
    </Notice>
  );
}
