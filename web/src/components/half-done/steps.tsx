import { Link } from "@tanstack/react-router";
import clsx from "clsx";
import {
  Check,
  CircleDashed,
  CircleHelp,
  CircleX,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
} from "lucide-react";
import { useTranslation } from "react-i18next";
import type { HalfDoneStep } from "@/api/types";
import { SqlBlock } from "@/components/sql-block";
import { stepLook, withoutPlace } from "./words";

const LOOKS = {
  done: { icon: Check, ink: "text-ok" },
  failed: { icon: CircleX, ink: "text-del" },
  started: { icon: CircleHelp, ink: "text-warn" },
  running: { icon: LoaderCircle, ink: "text-accent" },
  pending: { icon: CircleDashed, ink: "text-ink-3" },
} as const satisfies Record<string, { icon: LucideIcon; ink: string }>;

interface LeftBehindProps {
  names: readonly string[];
  /** Only the ledger is to change, so that the index stays. */
  marked?: boolean;
}

/** What an index that was left invalid means, for somebody who meets one for the first time. */
export function LeftBehind({ names, marked = false }: LeftBehindProps) {
  const { t } = useTranslation();
  return names.map((name) => (
    <p key={name} className="flex gap-2 text-sm">
      <TriangleAlert size={15} aria-hidden className="mt-0.5 shrink-0 text-warn" />
      <span>
        <strong className="font-semibold">{t("half_done.invalid", { name })}</strong>{" "}
        <span className="text-ink-2">
          {t(marked ? "half_done.invalid_stays" : "half_done.invalid_hint")}
        </span>
      </span>
    </p>
  ));
}

function WayBackUnknown({ step }: { step: HalfDoneStep }) {
  const { t } = useTranslation();
  if (step.way_back?.code !== "unknown") return null;
  return (
    <p className="flex gap-2 text-sm text-ink-2">
      <TriangleAlert size={15} aria-hidden className="mt-0.5 shrink-0 text-warn" />
      {t("half_done.no_way_back")}
    </p>
  );
}

interface StepProps {
  step: HalfDoneStep;
  version: string;
  environment: string;
}

function Step({ step, version, environment }: StepProps) {
  const { t } = useTranslation();
  const look = stepLook(step);
  const { icon: Icon, ink } = LOOKS[look];
  const evidence = step.evidence ?? "none";
  return (
    <li className="flex gap-3 px-4 py-3">
      <Icon
        size={18}
        aria-hidden
        className={clsx("mt-0.5 shrink-0", ink, look === "running" && "animate-spin")}
      />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <p className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
          <span className={clsx("font-semibold", ink)}>
            {t("half_done.step", { number: step.number })} {t(`half_done.state.${look}`)}
          </span>
          {look === "done" && evidence !== "none" && (
            <span className="text-sm text-ink-2">{t(`half_done.evidence.${evidence}`)}</span>
          )}
          {look === "started" && (
            <span className="text-sm text-ink-2">{t("half_done.started_hint")}</span>
          )}
          {look === "running" && (
            <span className="text-sm text-ink-2">
              {t("half_done.running_hint", { pid: step.running_pid })}
            </span>
          )}
          {step.line !== null && step.line !== undefined && (
            <Link
              to="/$environment/migrations/$version"
              params={{ environment, version }}
              search={{ line: step.line }}
              className="ml-auto text-sm text-accent underline-offset-2 hover:underline"
            >
              {t("statement.line", { line: step.line })}
            </Link>
          )}
        </p>
        <SqlBlock text={step.statement} />
        {step.error && (
          <p className="font-mono text-sm text-del wrap-anywhere">{withoutPlace(step.error)}</p>
        )}
        <LeftBehind names={step.left_behind} />
        <WayBackUnknown step={step} />
      </div>
    </li>
  );
}

interface HalfDoneStepsProps {
  steps: readonly HalfDoneStep[];
  version: string;
  environment: string;
}

/** Each statement of a half-done migration, with what is known of it and how. */
export function HalfDoneSteps({ steps, version, environment }: HalfDoneStepsProps) {
  return (
    <ol className="divide-y divide-line">
      {steps.map((step) => (
        <Step key={step.number} step={step} version={version} environment={environment} />
      ))}
    </ol>
  );
}
