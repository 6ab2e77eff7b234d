import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BackupStore, Problem, RetentionPlan } from "@/api/types";
import { Button } from "@/components/button";
import { Card, Fact } from "@/components/card";
import { ConfirmDestructive } from "@/components/confirm-destructive";
import { problemWords } from "@/components/problem-words";
import { ErrorState } from "@/components/states";
import { useEnvironment } from "@/lib/environment";
import { useFormat } from "@/lib/use-format";
import { retentionQuery, scheduleQuery, useAdoptFiles, usePrune } from "./keeping-api";

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
  if (rules.length === 0) return t("keeping.no_rules");
  return (
    <>
      {rules.join(" · ")}
      <span className="block text-sm font-normal text-ink-2">
        {t(policy.prune ? "keeping.prunes_itself" : "keeping.prunes_never")}
      </span>
    </>
  );
}

function Schedule() {
  const { t } = useTranslation();
  const format = useFormat();
  const run = useQuery(scheduleQuery(useEnvironment().name)).data;
  if (!run) return t("keeping.no_schedule");
  return (
    <>
      {run.next_at ? t("keeping.next", { at: format.absolute(run.next_at) }) : t("keeping.no_next")}
      <span className="block text-sm font-normal text-ink-2">
        <code className="font-mono">{run.cron}</code> · {t("keeping.while_running")}
      </span>
    </>
  );
}

function DoomedBackups({ doomed }: { doomed: RetentionPlan["delete"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
      tabIndex={0}
      aria-label={t("nav.backups")}
      className="max-h-64 overflow-auto rounded-md bg-sunken p-3"
    >
      <ul className="flex flex-col gap-2">
        {doomed.map(({ id, label, reason, created_at: at, size_bytes: size }) => (
          <li key={id} className="flex justify-between gap-4 text-sm">
            <span className="min-w-0">
              <span className="font-medium wrap-anywhere">
                {label ?? t(`backup.reason.${reason}`)}
              </span>
              <span className="block text-ink-2">
                {format.absolute(at)} · <span className="font-mono text-xs">{id}</span>
              </span>
            </span>
            <span className="figures shrink-0">{size === null ? "–" : format.bytes(size)}</span>
          </li>
        ))}
      </ul>
    </section>
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
        <DoomedBackups doomed={doomed} />
      </ConfirmDestructive>
    </>
  );
}

function RefusedFile({ file, problem }: { file: string; problem: Problem }) {
  const { title, hint } = problemWords(problem);
  return (
    <p className="mt-1 wrap-anywhere">
      <span className="font-mono">{file}</span>: {title}
      {hint && <span className="block">{hint}</span>}
    </p>
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
        {found?.refused.map(({ file, problem }) => (
          <RefusedFile key={file} file={file} problem={problem} />
        ))}
      </div>
      {adopt.error && <ErrorState error={adopt.error} />}
    </div>
  );
}

interface KeepingProps {
  store: BackupStore | undefined;
}

/** How backups are kept: where, by which rules, when they take themselves; what was lost. */
export function Keeping({ store }: KeepingProps) {
  const { t } = useTranslation();
  const query = useQuery(retentionQuery(useEnvironment().name));
  const plan = query.data;
  return (
    <Card title={t("keeping.title")}>
      <div className="flex flex-col gap-4">
        <dl className="grid gap-x-6 gap-y-4 md:grid-cols-3">
          <Fact name={t("keeping.place")}>
            {store && <span className="font-mono text-sm wrap-anywhere">{store.place}</span>}
            {store?.encrypted && (
              <span className="block text-sm font-normal text-ink-2">{t("keeping.encrypted")}</span>
            )}
          </Fact>
          <Fact name={t("keeping.rules")}>{plan && <Rules policy={plan.policy} />}</Fact>
          <Fact name={t("keeping.schedule")}>
            <Schedule />
          </Fact>
        </dl>
        {query.error && <ErrorState error={query.error} retry={() => void query.refetch()} />}
        <div className="flex flex-wrap items-start gap-3">
          {plan && <Prune plan={plan} />}
          <Adopt />
        </div>
      </div>
    </Card>
  );
}
