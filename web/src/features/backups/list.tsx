import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Backup } from "@/api/types";
import { BackupBadge } from "@/components/badges";
import { Button } from "@/components/button";
import { Ago } from "@/components/time";
import { useEnvironment } from "@/lib/environment";
import { useFormat } from "@/lib/use-format";
import { useLookAtRestore } from "./api";
import { BackupMarks } from "./marks";
import { type Asked, BackupMenu } from "./menu";
import { canRestore } from "./usable";
import { WhyNot } from "./why-not";

interface BackupListProps {
  backups: readonly Backup[];
  onAsk: (what: Asked, backup: Backup) => void;
}

function Row({ backup, onAsk }: { backup: Backup; onAsk: BackupListProps["onAsk"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const environment = useEnvironment().name;
  const look = useLookAtRestore();
  const open = (operation: string) =>
    void navigate({
      to: "/$environment/operations/$operation",
      params: { environment, operation },
    });
  const cell = "px-4 py-2.5 max-md:p-0";
  const figure = `${cell} figures text-right whitespace-nowrap text-ink-2 max-md:text-left`;
  return (
    <tr className="border-t border-line max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-4 max-md:gap-y-1 max-md:p-3">
      <td className={cell}>
        <BackupBadge backup={backup} />
      </td>
      <td className={`${cell} w-full max-md:order-first max-md:basis-full`}>
        <span className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium wrap-anywhere">
            {backup.label ?? t(`backup.reason.${backup.reason}`)}
          </span>
          <BackupMarks backup={backup} />
        </span>
        <span className="block text-sm text-ink-3">
          {backup.label !== null && `${t(`backup.reason.${backup.reason}`)} · `}
          <span className="font-mono text-xs">{backup.id}</span>
          {backup.proven_at && backup.state === "proven" && (
            <>
              {" · "}
              {t("backup.proven")} <Ago at={backup.proven_at} />
            </>
          )}
        </span>
        <WhyNot backup={backup} />
      </td>
      <td className={`${cell} whitespace-nowrap text-ink-2`}>
        <Ago at={backup.created_at} />
      </td>
      <td className={figure}>
        {backup.size_bytes === null ? "–" : format.bytes(backup.size_bytes)}
      </td>
      <td className={`${figure} max-lg:hidden`}>
        {backup.rows === null ? "–" : format.count(backup.rows)}
      </td>
      <td className={`${cell} max-md:basis-full`}>
        <span className="flex items-center justify-end gap-1 max-md:justify-start">
          <Button
            small
            disabled={!canRestore(backup) || look.isPending}
            onClick={() =>
              backup.kind === "dump"
                ? look.mutate(backup.id, { onSuccess: ({ id }) => open(id) })
                : onAsk("restore", backup)
            }
            aria-label={t("backups.restore_one", { name: backup.label ?? backup.id })}
          >
            {t("backups.restore")}
          </Button>
          <BackupMenu backup={backup} onAsk={onAsk} />
        </span>
      </td>
    </tr>
  );
}

export function BackupList({ backups, onAsk }: BackupListProps) {
  const { t } = useTranslation();
  const head = "px-4 py-2 font-medium whitespace-nowrap";
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <table className="w-full text-left max-md:block">
        <thead className="bg-canvas text-sm text-ink-3 max-md:sr-only">
          <tr>
            <th className={head}>{t("backup.state.name")}</th>
            <th className={head}>{t("backup.name")}</th>
            <th className={head}>{t("backup.taken")}</th>
            <th className={`${head} text-right`}>{t("backup.size")}</th>
            <th className={`${head} text-right max-lg:hidden`}>{t("backup.rows")}</th>
            <th className={head}>
              <span className="sr-only">{t("backups.actions")}</span>
            </th>
          </tr>
        </thead>
        <tbody className="max-md:block">
          {backups.map((backup) => (
            <Row key={backup.id} backup={backup} onAsk={onAsk} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
