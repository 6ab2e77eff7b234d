import {
  BookOpenCheck,
  Hammer,
  Hourglass,
  Lock,
  type LucideIcon,
  RefreshCw,
  Rows3,
  Timer,
} from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Counted, HeldLock, Statement } from "@/api/types";
import { shortName } from "@/lib/identity";
import { useFormat } from "@/lib/use-format";
import { estimateWords } from "./estimate-words";
import { locksOf } from "./who-waits";

function Line({
  icon: Icon,
  ink = "text-ink-3",
  children,
}: {
  icon: LucideIcon;
  ink?: string;
  children: ReactNode;
}) {
  return (
    <li className="flex gap-2">
      <Icon size={14} aria-hidden className={`mt-0.75 shrink-0 ${ink}`} />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </li>
  );
}

const INK = { reads_and_writes: "text-del", writes: "text-warn", schema_changes: "text-ink-3" };

function Locked({ lock }: { lock: HeldLock }) {
  const { t } = useTranslation();
  if (lock.blocks === null) return null;
  return (
    <Line icon={lock.blocks === "schema_changes" ? Lock : Hourglass} ink={INK[lock.blocks]}>
      {t(`trace.lock.${lock.blocks}`, { name: shortName(lock.identity) })}{" "}
      <span className="font-mono text-xs text-ink-3">{lock.mode}</span>
    </Line>
  );
}

const WORK = [
  { what: "rewrites", icon: RefreshCw, ink: "text-del" },
  { what: "scans", icon: BookOpenCheck, ink: "text-warn" },
  { what: "builds", icon: Hammer, ink: "text-warn" },
  { what: "proven", icon: BookOpenCheck, ink: "text-ok" },
] as const;

const MUCH_WAL = 1024 * 1024;

/** Whether the figures say anything: a catalogue entry is written by every statement. */
function isTelling({ rows_read: read, rows_written: written, wal_bytes: wal }: Counted): boolean {
  return read > 0 || written > 0 || wal >= MUCH_WAL;
}

/** What a statement did on the copy, and what that would take in the database. */
export function TraceOf({ statement }: { statement: Statement }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { trace, estimate } = statement;
  if (!trace) return null;
  const { counted } = trace;
  const names = (of: readonly string[]) => of.map(shortName).join(", ");
  return (
    <>
      <ul className="flex flex-col gap-0.5 text-sm text-ink-2 empty:hidden">
        {locksOf(statement).map((lock) => (
          <Locked key={`${lock.identity} ${lock.mode}`} lock={lock} />
        ))}
        {WORK.filter(({ what }) => trace[what].length > 0).map(({ what, icon, ink }) => (
          <Line key={what} icon={icon} ink={ink}>
            {t(`trace.${what}`, { names: names(trace[what]) })}
          </Line>
        ))}
        {estimate && <Line icon={Timer}>{estimateWords(estimate)}</Line>}
        {counted && isTelling(counted) && (
          <Line icon={Rows3}>
            {t("trace.counted", {
              read: format.count(counted.rows_read),
              written: format.count(counted.rows_written),
              wal: format.bytes(counted.wal_bytes),
            })}
          </Line>
        )}
      </ul>
      {trace.notices.length > 0 && (
        <ul
          aria-label={t("trace.notices")}
          className="border-l-2 border-line pl-3 font-mono text-xs/5 text-ink-2"
        >
          {trace.notices.map((notice, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same may be said twice, in this order
            <li key={index} className="wrap-anywhere">
              {notice}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
