import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Plan } from "@/api/types";
import { Button, buttonClass } from "@/components/button";
import { Notice } from "@/components/notice";
import { useEnvironment } from "@/lib/environment";
import { blockedBy } from "./demands";
import { verbOf } from "./plan-words";

function RehearsalError({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const error = plan.rehearsal.error;
  if (!error) return null;
  const { version, line, column } = error;
  const migration = plan.migrations.find((one) => one.version === version);
  return (
    <Notice
      tone="bad"
      title={t("preview.failed_at", { name: migration?.name ?? version, line, column })}
      action={
        <Link
          to="/$environment/migrations/$version"
          params={{ environment, version }}
          search={{ line }}
          className="font-semibold text-accent underline underline-offset-2"
        >
          {t("preview.to_line", { line })}
        </Link>
      }
    >
      <p className="mt-1 font-mono text-sm wrap-anywhere">
        {error.message}
        {error.sqlstate && ` (${error.sqlstate})`}
      </p>
      {error.hint && <p className="mt-1">{error.hint}</p>}
      <p className="mt-1">{t("preview.failed_hint")}</p>
    </Notice>
  );
}

/** Why this plan may not be applied, if so. */
export function PlanNotices({ plan, onAgain }: { plan: Plan; onAgain: (() => void) | null }) {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const again = onAgain ? (
    <Button small onClick={onAgain}>
      {t("preview.again")}
    </Button>
  ) : (
    <Link
      to="/$environment/migrations"
      params={{ environment }}
      className={buttonClass("plain", true)}
    >
      {t("plan.to_migrations")}
    </Link>
  );
  if (plan.state !== "ready") {
    return (
      <Notice
        tone={plan.state === "outdated" ? "warn" : "info"}
        title={t(`preview.state.${plan.state}.title`)}
        action={again}
      >
        {t(`preview.state.${plan.state}.hint`)}
      </Notice>
    );
  }
  if (blockedBy(plan) === "not_rehearsed") {
    return (
      <Notice tone="warn" title={t("preview.unrehearsed.title")} action={again}>
        {t("preview.unrehearsed.hint")}
      </Notice>
    );
  }
  const late = plan.out_of_order ?? [];
  return (
    <>
      <RehearsalError plan={plan} />
      {verbOf(plan) === "resume" && (
        <Notice title={t("plan.resumed", { count: plan.migrations[0]?.statements_done ?? 0 })}>
          {t("plan.resumed_hint")}
        </Notice>
      )}
      {late.length > 0 && (
        <Notice title={t("plan.late", { count: late.length })}>{t("plan.late_hint")}</Notice>
      )}
    </>
  );
}
