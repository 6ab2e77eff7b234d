import { Link } from "@tanstack/react-router";
import { Archive, Check, CircleDashed, CircleX, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { ApplyResult, MigrationRef, Operation } from "@/api/types";
import { buttonClass } from "@/components/button";
import { Card } from "@/components/card";
import { useEnvironment } from "@/lib/environment";
import { Good } from "./good";
import { applyResultOf } from "./outcome-words";

const LOOKS = {
  applied: { icon: Check, ink: "text-ok" },
  undone: { icon: Undo2, ink: "text-ok" },
  not_run: { icon: CircleDashed, ink: "text-ink-3" },
} as const;

function References({ of, state }: { of: readonly MigrationRef[]; state: keyof typeof LOOKS }) {
  const { t } = useTranslation();
  const { icon: Icon, ink } = LOOKS[state];
  return of.map(({ version, name }) => (
    <li key={version} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-4 py-2">
      <Icon size={16} aria-hidden className={ink} />
      <span className="font-medium wrap-anywhere">{name}</span>
      <span className="font-mono text-xs text-ink-3">{version}</span>
      <span className={`ml-auto text-sm ${ink}`}>{t(`outcome.state.${state}`)}</span>
    </li>
  ));
}

interface FailedProps {
  failed: NonNullable<ApplyResult["failed"]>;
  name: string;
}

function Failed({ failed, name }: FailedProps) {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const { version, line, column, message, sqlstate, detail } = failed;
  return (
    <li className="flex flex-col gap-1 bg-del-soft px-4 py-2.5">
      <span className="flex flex-wrap items-center gap-x-3">
        <CircleX size={16} aria-hidden className="text-del" />
        <span className="font-medium wrap-anywhere">{name}</span>
        <Link
          to="/$environment/migrations/$version"
          params={{ environment, version }}
          search={{ line }}
          className="text-sm text-accent underline underline-offset-2"
        >
          {t("statement.at", { line, column })}
        </Link>
        <span className="ml-auto text-sm font-medium text-del">
          {t(failed.rolled_back === false ? "outcome.state.half_done" : "outcome.state.failed")}
        </span>
      </span>
      <span className="pl-7 font-mono text-sm wrap-anywhere">
        {message}
        {sqlstate && ` (${sqlstate})`}
      </span>
      {detail && <span className="pl-7 font-mono text-sm text-ink-2 wrap-anywhere">{detail}</span>}
      {failed.rolled_back === false && (
        <Link
          to="/$environment/migrations/$version"
          params={{ environment, version }}
          className={`${buttonClass("primary", true)} mt-1 ml-7 self-start`}
        >
          {t("outcome.to_half_done")}
        </Link>
      )}
    </li>
  );
}

/** The last step tells the name of the migration that failed in it. */
function nameOf({ version }: FailedProps["failed"], operation: Operation): string {
  const params = operation.progress?.step?.params;
  return params?.version === version && params.name ? String(params.name) : version;
}

/** What an apply did and did not do, migration by migration. */
export function ApplyReport({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const result = applyResultOf(operation);
  if (!result) return null;
  const undone = result.undone?.length ?? 0;
  const list = (
    <ul className="divide-y divide-line">
      <References of={result.applied} state="applied" />
      <References of={result.undone ?? []} state="undone" />
      {result.failed && <Failed failed={result.failed} name={nameOf(result.failed, operation)} />}
      <References of={result.not_run} state="not_run" />
    </ul>
  );
  const backup = result.backup_id && (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line px-4 py-3 text-ink-2">
      <Archive size={16} aria-hidden className="text-ok" />
      {t("outcome.backup")}
      <span className="font-mono text-sm">{result.backup_id}</span>
      <Link
        to="/$environment/backups"
        params={{ environment }}
        className={`${buttonClass("plain", true)} ml-auto`}
      >
        {t("nav.backups")}
      </Link>
    </p>
  );
  if (operation.state !== "succeeded") {
    return (
      <div className="-m-4 -mt-2">
        {list}
        {backup}
      </div>
    );
  }
  return (
    <>
      <Good
        title={t(undone > 0 ? "outcome.undone_in" : "outcome.applied_to", {
          count: undone || result.applied.length,
          name: environment,
        })}
        action={
          <Link to="/$environment" params={{ environment }} className={buttonClass("plain")}>
            {t("outcome.to_dashboard")}
          </Link>
        }
      />
      <Card flush>
        {list}
        {backup}
      </Card>
    </>
  );
}
