import { CloudAlert, RotateCw } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "@/api/problem";
import { Button } from "./button";
import { ProblemMore } from "./problem-more";
import { problemWords } from "./problem-words";

interface EmptyProps {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
}

/** Nothing here yet: one sentence why, and the one thing to do. */
export function EmptyState({ title, children, action, icon }: EmptyProps) {
  return (
    <div className="flex flex-col items-center gap-3 px-4 py-12 text-center">
      {icon && <div className="text-ink-3">{icon}</div>}
      <p className="text-lg font-semibold">{title}</p>
      {children && <div className="max-w-prose text-ink-2">{children}</div>}
      {action}
    </div>
  );
}

interface ErrorStateProps {
  error: unknown;
  retry?: () => void;
  /** A way out that belongs to this very problem. */
  children?: ReactNode;
}

/** What failed, what to do, and what the server itself said. */
export function ErrorState({ error, retry, children }: ErrorStateProps) {
  const { t } = useTranslation();
  const problem = problemOf(error);
  const { title, hint } = problemWords(problem);
  return (
    <div role="alert" className="flex gap-3 rounded-lg border border-del bg-del-soft p-4">
      <CloudAlert size={20} aria-hidden className="mt-0.5 shrink-0 text-del" />
      <div className="flex min-w-0 flex-col items-start gap-1">
        <p className="font-semibold">{title}</p>
        {hint && <p className="text-ink-2">{hint}</p>}
        <p className="max-w-full font-mono text-xs text-ink-2 wrap-anywhere">
          {problem.code}: {problem.message}
        </p>
        <ProblemMore problem={problem} />
        {children}
        {retry && (
          <Button small className="mt-2" onClick={retry} icon={<RotateCw size={14} aria-hidden />}>
            {t("retry")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** The shape of what is coming; it says so to those who cannot see it. */
export function Loading({ rows = 4 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" className="flex flex-col gap-3 p-1">
      <span className="sr-only">{t("loading")}</span>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div
          key={row}
          aria-hidden
          className="h-9 animate-pulse rounded-md bg-sunken"
          style={{ width: `${100 - row * 9}%` }}
        />
      ))}
    </div>
  );
}

interface QueryLike<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

interface LoadedProps<Data> {
  query: QueryLike<Data>;
  rows?: number;
  children: (data: Data) => ReactNode;
}

/** What a query knows; what it knew stays on the screen while it is asked again. */
export function Loaded<Data>({ query, rows, children }: LoadedProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
  return <Loading {...(rows === undefined ? {} : { rows })} />;
}
