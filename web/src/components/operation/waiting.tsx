import { Hourglass } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Operation } from "@/api/types";
import { SqlBlock } from "@/components/sql-block";
import { useFormat } from "@/lib/use-format";
import { waitOf } from "./wait";

/** Who blocks what runs, who queues behind it, and for how long it goes on trying. */
export function Waiting({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const wait = waitOf(operation);
  if (wait === null) return null;
  return (
    <section
      aria-label={t("waiting.title")}
      className="flex gap-2.5 rounded-lg border border-warn bg-warn-soft p-3"
    >
      <Hourglass size={18} aria-hidden className="mt-px shrink-0 text-warn" />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        {wait.pid !== null ? (
          <p role="status" className="font-semibold">
            {t("waiting.for", { user: wait.user ?? "?" })}{" "}
            <span className="figures font-mono text-sm font-normal">
              {t("session.pid", { pid: wait.pid })}
            </span>
          </p>
        ) : (
          <p role="status" className="font-semibold">
            {t("waiting.again")}
          </p>
        )}
        {wait.query && <SqlBlock text={wait.query} />}
        <p className="text-sm text-ink-2">
          {wait.queue > 0 && <>{t("waiting.queue", { count: wait.queue })} </>}
          {wait.tries > 0 && <>{t("waiting.tries", { count: wait.tries })} </>}
          {wait.secondsLeft !== null &&
            t("waiting.left", { time: format.duration(wait.secondsLeft * 1_000) })}
        </p>
        <p className="text-sm text-ink-2">{t("waiting.hint")}</p>
      </div>
    </section>
  );
}
