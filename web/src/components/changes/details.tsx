import { ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Change } from "@/api/types";
import { SqlBlock } from "@/components/sql-block";
import { i18n, textFor } from "@/lib/i18n";

type Detail = Change["details"][number];

const SHOWN = 3;

function valueWords(value: Detail["after"]): string {
  if (value === null) return "–";
  if (typeof value === "boolean") return i18n.t(value ? "yes" : "no");
  return Array.isArray(value) ? value.join(", ") : String(value);
}

function DetailLine({ detail }: { detail: Detail }) {
  const { property, before, after } = detail;
  const name = textFor(`property.${property}`, {}, property);
  const text = valueWords(after);
  if (before === null && text.includes("\n")) {
    return (
      <li className="flex flex-col gap-1">
        <span className="text-ink-2">{name}</span>
        <SqlBlock text={text.replace(/^\s*\n|^ (?=\S)/, "")} />
      </li>
    );
  }
  return (
    <li className="flex flex-wrap items-baseline gap-x-2">
      <span className="text-ink-2">{name}</span>
      <span className="font-mono text-xs wrap-anywhere">
        {before !== null && (
          <>
            <span className="text-del">{valueWords(before)}</span>
            <ArrowRight size={12} aria-label="→" className="mx-1.5 inline" />
          </>
        )}
        <span className={before === null ? "" : "text-add"}>{text}</span>
      </span>
    </li>
  );
}

function List({ details }: { details: readonly Detail[] }) {
  return (
    <ul className="mt-0.5 flex flex-col gap-1 pl-7 text-sm">
      {details.map((detail) => (
        <DetailLine
          key={`${detail.property} ${String(detail.before)} ${String(detail.after)}`}
          detail={detail}
        />
      ))}
    </ul>
  );
}

/** What a new object is made of, counted: "7 columns, 2 indexes". */
function counted(details: readonly Detail[]): string {
  const counts = new Map<string, number>();
  for (const { property } of details) counts.set(property, (counts.get(property) ?? 0) + 1);
  return [...counts]
    .map(([property, count]) => textFor(`counted.${property}`, { count }, `${count} ${property}`))
    .join(", ");
}

/** The properties that a change sets; many are folded away behind their number. */
export function Details({ details }: { details: readonly Detail[] }) {
  const { t } = useTranslation();
  if (details.length === 0) return null;
  const long = details.length > SHOWN || details.some(({ after }) => String(after).includes("\n"));
  if (!long) return <List details={details} />;
  return (
    <details className="group pl-7">
      <summary className="min-h-6 text-sm text-accent underline-offset-2 hover:underline">
        {details.length > 1 ? counted(details) : t("change.show_definition")}
      </summary>
      <div className="-ml-7">
        <List details={details} />
      </div>
    </details>
  );
}
