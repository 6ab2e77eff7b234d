import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Status } from "@/api/types";
import { buttonClass } from "@/components/button";
import { HalfDoneCard } from "@/components/half-done/card";
import { LockHolder } from "@/components/lock-holder";
import { Notice } from "@/components/notice";
import { Late } from "./late";
import { References } from "./references";

/** A schema that no migration has made: Vado can take it over, and shows how. */
function Untracked({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { environment } = status;
  if (status.applied_total > 0 || status.tables === 0 || status.version !== null) return null;
  return (
    <Notice
      title={t("conflict.untracked.title", { count: status.tables })}
      action={
        <Link to="/$environment/begin" params={{ environment }} className={buttonClass("primary")}>
          {t("conflict.untracked.action")}
        </Link>
      }
    >
      {t("conflict.untracked.hint")}
    </Notice>
  );
}

/** What stands in the way of an apply, each with what to do about it. */
export function Conflicts({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { environment } = status;
  return (
    <>
      {status.lock && <LockHolder lock={status.lock} />}
      {(status.half_done ?? []).map((half) => (
        <HalfDoneCard key={half.version} half={half} environment={environment} linked />
      ))}
      {(["edited", "missing"] as const)
        .filter((kind) => status[kind].length > 0)
        .map((kind) => (
          <Notice
            key={kind}
            tone="warn"
            title={t(`conflict.${kind}.title`, { count: status[kind].length })}
          >
            {t(`conflict.${kind}.hint`)}
            <References environment={environment} of={status[kind]} />
          </Notice>
        ))}
      <Late status={status} />
      {status.drift?.drifted && (
        <Notice tone="warn" title={t("conflict.drift.title")}>
          {t("conflict.drift.hint")}
        </Notice>
      )}
      <Untracked status={status} />
    </>
  );
}
