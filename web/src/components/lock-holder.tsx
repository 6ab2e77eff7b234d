import { useTranslation } from "react-i18next";
import type { Lock } from "@/api/types";
import { Notice } from "./notice";
import { SessionFacts } from "./session-facts";

/** Somebody else applies migrations to this database: who, from where, since when, and what. */
export function LockHolder({ lock }: { lock: Lock }) {
  const { t } = useTranslation();
  return (
    <Notice title={t("lock.title")}>
      <div className="flex flex-col gap-2">
        <p>{t("lock.hint")}</p>
        <SessionFacts {...lock} />
      </div>
    </Notice>
  );
}

/** The same inside of a problem that says so already. */
export function LockFacts({ lock }: { lock: Lock }) {
  return (
    <div className="mt-1 w-full text-sm text-ink-2">
      <SessionFacts {...lock} />
    </div>
  );
}

/** Whether the details of a problem tell who holds the lock. */
export function isLock(value: unknown): value is Lock {
  return typeof value === "object" && value !== null && "pid" in value && "since" in value;
}
