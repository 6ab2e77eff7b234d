import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { isActive } from "@/api/queries";
import type { Status } from "@/api/types";
import { buttonClass } from "@/components/button";
import { HalfDoneCard } from "@/components/half-done/card";
import { LockHolder } from "@/components/lock-holder";
import { Notice } from "@/components/notice";
import { kindWords } from "@/components/operation/words";
import { Late } from "./late";
import { References } from "./references";
import { isUntracked } from "./standing";

/** Who holds the lock; what runs here itself is called by its name. */
function Holder({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { lock, last_operation: last, environment } = status;
  if (!lock) return null;
  if (!last || !isActive(last)) return <LockHolder lock={lock} />;
  return (
    <Notice
      title={t("lock.own", { what: kindWords(last.kind) })}
      action={
        <Link
          to="/$environment/operations/$operation"
          params={{ environment, operation: last.id }}
          className={buttonClass("plain")}
        >
          {t("open")}
        </Link>
      }
    >
      {t("lock.own_hint")}
    </Notice>
  );
}

/** A schema that no migration has made: Vado can take it over, and shows how. */
function Untracked({ status }: { status: Status }) {
  const { t } = useTranslation();
  const { environment } = status;
  if (!isUntracked(status)) return null;
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
      <Holder status={status} />
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
      <Untracked status={status} />
    </>
  );
}
