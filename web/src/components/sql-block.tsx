import clsx from "clsx";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "./copy-button";

const HighlightedSql = lazy(() =>
  import("./sql/highlighted").then((module) => ({ default: module.HighlightedSql })),
);

interface SqlBlockProps {
  text: string;
  copy?: boolean;
  className?: string;
}

/** SQL to read and to copy. */
export function SqlBlock({ text, copy = false, className }: SqlBlockProps) {
  const { t } = useTranslation();
  return (
    <div className={clsx("relative rounded-md bg-sunken", className)}>
      <pre
        className={clsx(
          "px-3 py-2 font-mono text-xs/5 whitespace-pre-wrap wrap-anywhere",
          copy && "pr-16",
        )}
      >
        <Suspense fallback={text}>
          <HighlightedSql text={text} />
        </Suspense>
      </pre>
      {copy && (
        <div className="absolute top-1 right-1">
          <CopyButton text={text} label={t("copy.sql")} compact />
        </div>
      )}
    </div>
  );
}
