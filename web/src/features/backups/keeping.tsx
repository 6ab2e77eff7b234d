import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem, RetentionPlan } from "@/api/types";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { ConfirmDestructive } from "@/components/confirm-destructive";
import { Notice } from "@/components/notice";
import { problemWords } from "@/components/problem-words";
import { ErrorState } from "@/components/states";
import { useEnvironment } from "@/lib/environment";
import { useFormat } from "@/lib/use-format";
import { retentionQuery, scheduleQuery, storeQuery, useAdoptFiles, usePrune } from "./keeping-api";

const RULES = ["daily", "weekly", "monthly", "before_apply"] as const;

function Rules({ policy }: { policy: RetentionPlan["policy"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rules = RULES.flatMap((rule) => {
    const count = policy[rule];
    return count === null ? [] : [t(`keeping.${rule}`, { count })];
  });
  if (policy.max_bytes !== null) {
    rules.push(t("keeping.max_bytes", { size: format.bytes(policy.max_bytes) }));
  }
  return <p>{rules.length > 0 ? rules.join(" · ") : t("keeping.no_rules")}</p>;
}

function Schedule() {
  const { t } = useTranslation();
  const format = useFormat();
  const run = useQuery(scheduleQuery(useEnvironment().name)).data;
  if (!run) return <p className="text-ink-2">{t("keeping.no_schedule")}</p>;
  return (
    <p>
      {t("keeping.schedule")} <code className="font-mono text-sm">{run.cron}</code>
      {run.next_at && ` · ${t("keeping.next", { at: format.absolute(run.next_at) })}`}
    </p>
  );
}

function Prune({ plan }: { plan: RetentionPlan }) {
  const { t } = useTranslation();
  const format = useFormat();
  const prune = usePrune(useEnvironment().name);
  const [asking, setAsking] = useState(false);
  const doomed = plan.delete;
  const close = () => {
    prune.reset();
    setAsking(false);
  };
  if (doomed.length === 0) return null;
  const bytes = doomed.reduce((sum, { size_bytes: size }) => sum + (size ?? 0), 0);
  const count = doomed.length;
  return (
    <>
      <Button small className="self-start" onClick={() => setAsking(true)}>
        {t("keeping.would_go", { count, size: format.bytes(bytes) })}…
      </Button>
      <ConfirmDestructive
        open={asking}
        onClose={close}
        title={t("keeping.prune_title", { count })}
        about={t("keeping.prune_about")}
        word={null}
        action={t("keeping.prune", { count })}
        busy={prune.isPending}
        error={prune.error}
        onConfirm={() =>
          prune.mutate(
            doomed.map(({ id }) => id),
            { onSuccess: close },
          )
        }
      >
        <ul className="flex max-h-64 flex-col gap-1 overflow-auto rounded-md bg-sunken p-3">
          {doomed.map(({ id, size_bytes: size }) => (
            <li key={id} className="flex justify-between gap-4 font-mono text-sm">
              <span>{id}</span>
              <span className="figures">{size === null ? "–" : format.bytes(size)}</span>
            </li>
          ))}
        </ul>
      </ConfirmDestructive>
    </>
  );
}

function Adopt() {
  const { t } = useTranslation();
  const adopt = useAdoptFiles(useEnvironment().name);
  const found = adopt.data;
  return (
    <div className="flex flex-col items-start gap-1.5">
      <Button small disabled={adopt.isPending} onClick={() => adopt.mutate()}>
        {t("keeping.adopt")}
      </Button>
      <div role="status" className="text-sm text-ink-2">
        {found && t("keeping.adopted", { count: found.adopted.length })}
        {found?.refused.map(({ file, reason }) => (
          <p key={file} className="wrap-anywhere">
            <span className="font-mono">{file}</span>: {reason}
          </p>
        ))}
      </div>
      {adopt.error && <ErrorState error={adopt.error} />}
    </div>
  );
}

function Store() {
  const { t } = useTranslation();
  const store = useQuery(storeQuery(useEnvironment().name)).data;
  if (!store) return null;
  const problem = store.problem as Problem | null;
  const words = problem && problemWords(problem);
  return (
    <>
      <p className="wrap-anywhere">
        {t("keeping.place")} <span className="font-mono text-sm">{store.place}</span>
        {store.encrypted && ` · ${t("backup.encrypted")}`}
      </p>
      {words && (
        <Notice tone="warn" title={words.title}>
          {words.hint}
        </Notice>
      )}
    </>
  );
}

/** How backups are kept: by which rules, when they take themselves, what was lost and found. */
export function Keeping() {
  const { t } = useTranslation();
  const plan = useQuery(retentionQuery(useEnvironment().name)).data;
  return (
    <Card title={t("keeping.title")}>
      <div className="flex flex-col gap-3">
        <Store />
        {plan && <Rules policy={plan.policy} />}
        {plan && <Prune plan={plan} />}
        <Schedule />
        <Adopt />
      </div>
    </Card>
  );
}
