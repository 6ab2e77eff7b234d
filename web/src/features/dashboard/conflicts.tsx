import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { MigrationRef, Status } from "@/api/types";
import { Notice } from "@/components/notice";
import { useFormat } from "@/lib/use-format";

function References({ environment, of }: { environment: string; of: readonly MigrationRef[] }) {
  return (
    <ul className="mt-1 flex flex-col gap-0.5">
      {of.map(({ version, name }) => (
        <li key={version}>
          <Link
            to="/$environment/migrations/$version"
            params={{ environment, version }}
            className="font-mono text-sm text-ink underline underline-offset-2 wrap-anywhere"
          >
            {version}_{name}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** What stands in the way of an apply, each with what to do about it. */
export function Conflicts({ status }: { status: Status }) {
  const { t } = useTranslation();
  const format = useFormat();
  const kinds = ["edited", "missing", "out_of_order"] as const;
  return (
    <>
      {status.partial && (
        <Notice tone="bad" title={t("conflict.partial.title")}>
          {t("conflict.partial.hint")}
          <References environment={status.environment} of={[status.partial]} />
        </Notice>
      )}
      {kinds
        .filter((kind) => status[kind].length > 0)
        .map((kind) => (
          <Notice
            key={kind}
            tone="warn"
            title={t(`conflict.${kind}.title`, { count: status[kind].length })}
          >
            {t(`conflict.${kind}.hint`)}
            <References environment={status.environment} of={status[kind]} />
          </Notice>
        ))}
      {status.drift?.drifted && (
        <Notice tone="warn" title={t("conflict.drift.title")}>
          {t("conflict.drift.hint")}
        </Notice>
      )}
      {status.lock && (
        <Notice title={t("conflict.lock.title")}>
          {t("conflict.lock.hint", {
            user: status.lock.user,
            host: status.lock.host,
            pid: status.lock.pid,
            since: format.absolute(status.lock.since),
          })}
        </Notice>
      )}
    </>
  );
}
