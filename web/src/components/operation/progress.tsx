import clsx from "clsx";
import { Check, Circle, LoaderCircle } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { LogLine } from "@/api/events";
import { isActive, useCancel } from "@/api/queries";
import type { Operation } from "@/api/types";
import { Button } from "@/components/button";
import { ProgressBar } from "@/components/progress-bar";
import { ErrorState } from "@/components/states";
import { useFormat, useNow } from "@/lib/use-format";
import { fractionOf, goesThrough, type Stage, stagesOf } from "./stages";
import { Waiting } from "./waiting";
import { kindWords, logWords, stageWords, stepWords, unitWords } from "./words";

const STAGE_LOOK = {
  done: { icon: Check, ink: "text-ok" },
  active: { icon: LoaderCircle, ink: "text-accent font-medium" },
  waiting: { icon: Circle, ink: "text-ink-3" },
} as const;

function StageItem({ stage, moving }: { stage: Stage; moving: boolean }) {
  const { t } = useTranslation();
  const { icon: Icon, ink } = STAGE_LOOK[stage.state];
  const spins = stage.state === "active" && moving;
  return (
    <li className={clsx("flex items-center gap-2", ink)}>
      <Icon size={15} aria-hidden className={clsx("shrink-0", spins && "animate-spin")} />
      <span>{stageWords(stage.code)}</span>
      <span className="sr-only">{t(`operation.stage.${stage.state}`)}</span>
    </li>
  );
}

function wholeSeconds(seconds: number): number {
  return Math.max(Math.round(seconds), 1) * 1_000;
}

/** Stages, bar and Cancel of an operation that runs; each step is said aloud once. */
export function OperationProgress({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(1_000);
  const cancel = useCancel();
  const step = stepWords(operation);
  const { done, total, unit, bytes, eta_s: eta } = operation.progress ?? {};
  const started = operation.started_at ?? operation.created_at;
  const elapsed = Math.max(now - Date.parse(started), 0);
  const amount = (value: number) => (unit === "bytes" ? format.bytes(value) : format.count(value));
  return (
    <div className="flex flex-col gap-4">
      <ProgressBar label={kindWords(operation.kind)} value={fractionOf(operation)} />
      <p aria-live="polite" className="flex min-h-6 flex-wrap gap-x-3 font-medium">
        <span>{operation.state === "cancelling" ? t("operation.state.cancelling") : step}</span>
        {done !== null && done !== undefined && (
          <span aria-hidden className="figures font-normal text-ink-2">
            {amount(done)}
            {total ? ` / ${amount(total)}` : ""}
            {unit && unit !== "bytes" ? ` ${unitWords(unit)}` : ""}
            {bytes ? ` · ${t("operation.written", { size: format.bytes(bytes) })}` : ""}
            {eta ? ` · ${t("operation.eta", { time: format.duration(wholeSeconds(eta)) })}` : ""}
          </span>
        )}
      </p>
      <Waiting operation={operation} />
      <ol className="flex flex-col gap-1.5">
        {stagesOf(operation).map((stage) => (
          <StageItem key={stage.code} stage={stage} moving={isActive(operation)} />
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-4">
        {goesThrough(operation) ? (
          <span className="text-sm font-medium">{t("operation.goes_through")}</span>
        ) : (
          <Button
            look="danger"
            disabled={operation.state === "cancelling" || cancel.isPending}
            onClick={() => cancel.mutate(operation.id)}
          >
            {t("operation.cancel")}
          </Button>
        )}
        {elapsed > 2_000 && (
          <span className="figures text-sm text-ink-2">
            {t("operation.elapsed", { time: format.duration(Math.round(elapsed / 1000) * 1000) })}
          </span>
        )}
        <span className="text-sm text-ink-2">{t("operation.leaving")}</span>
      </div>
      {cancel.error && <ErrorState error={cancel.error} />}
    </div>
  );
}

/** What an operation wrote down on its way. */
export function OperationLog({ lines }: { lines: readonly LogLine[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
      tabIndex={0}
      aria-label={t("operation.log")}
      className="max-h-80 overflow-auto rounded-md bg-sunken px-3 py-2 font-mono text-xs/5"
    >
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a log only grows at its end
        <div key={index} className="flex gap-3">
          <time dateTime={line.at} className="shrink-0 text-ink-3">
            {format.clock(line.at)}
          </time>
          <span className="wrap-anywhere">{logWords(line)}</span>
        </div>
      ))}
    </section>
  );
}
