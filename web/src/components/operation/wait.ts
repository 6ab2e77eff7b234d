import type { Operation } from "@/api/types";

interface Wait {
  /** The session that is in the way; null between two tries, when nobody is waited for. */
  pid: number | null;
  user: string | null;
  query: string | null;
  queue: number;
  tries: number;
  secondsLeft: number | null;
}

/** What an operation waits for, as its present step tells; null when it does not wait. */
export function waitOf(operation: Operation): Wait | null {
  const params = operation.progress?.step?.params ?? {};
  const number = (name: string) =>
    typeof params[name] === "number" ? (params[name] as number) : null;
  const text = (name: string) => (typeof params[name] === "string" ? String(params[name]) : null);
  const pid = number("blocked_by");
  const tries = number("tries") ?? 0;
  if (pid === null && tries === 0) return null;
  return {
    pid,
    user: text("blocker"),
    query: text("blocker_query"),
    queue: number("queue") ?? 0,
    tries,
    secondsLeft: number("seconds_left"),
  };
}
