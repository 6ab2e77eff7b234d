import { CircleX, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Plan, Violation } from "@/api/types";
import { Card } from "@/components/card";
import { violationWords } from "./violation-words";

function Samples({ of }: { of: Violation }) {
  const { t } = useTranslation();
  const columns = [...new Set(of.samples.flatMap((sample) => Object.keys(sample)))];
  if (columns.length === 0) return null;
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keys
      tabIndex={0}
      aria-label={t("violation.samples_of", { name: of.identity })}
      className="mt-2 w-fit max-w-full overflow-x-auto rounded-md border border-line bg-surface"
    >
      <table className="text-left font-mono text-xs">
        <thead>
          <tr className="bg-canvas text-ink-2">
            {columns.map((column) => (
              <th key={column} scope="col" className="px-3 py-1.5 font-medium whitespace-nowrap">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {of.samples.map((sample, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name, and never move
            <tr key={index} className="border-t border-line">
              {columns.map((column) => (
                <td key={column} className="px-3 py-1.5 whitespace-nowrap">
                  {sample[column] ?? <span className="text-ink-3 italic">NULL</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Item({ found }: { found: Violation }) {
  const { t } = useTranslation();
  const silent = found.kind === "changed";
  const Icon = silent ? TriangleAlert : CircleX;
  return (
    <li className="flex gap-2.5 border-t border-line px-4 py-3">
      <Icon
        size={16}
        aria-hidden
        className={`mt-0.5 shrink-0 ${silent ? "text-warn" : "text-del"}`}
      />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{violationWords(found)}</p>
        <p className="font-mono text-sm text-ink-2 wrap-anywhere">{found.identity}</p>
        {found.samples.length > 0 && found.rows !== null && found.rows > found.samples.length && (
          <p className="mt-1 text-sm text-ink-2">{t("violation.some_of_them")}</p>
        )}
        <Samples of={found} />
      </div>
    </li>
  );
}

/** Rows of the database that the plan would fail on, or change without a word: some of them shown. */
export function Violations({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  const found = plan.violations ?? [];
  if (found.length === 0) return null;
  const fails = found.some(({ kind }) => kind !== "changed");
  return (
    <Card title={t("violation.title")} flush className={fails ? "border-del!" : "border-warn!"}>
      <p className="px-4 pb-3 text-ink-2">{t(fails ? "violation.about" : "violation.silent")}</p>
      <ul>
        {found.map((one) => (
          <Item key={`${one.kind} ${one.identity} ${one.table}`} found={one} />
        ))}
      </ul>
    </Card>
  );
}
