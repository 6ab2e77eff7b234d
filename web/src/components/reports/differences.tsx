import { Minus, PencilLine, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Change } from "@/api/types";
import { Button } from "@/components/button";
import { textFor } from "@/lib/i18n";

const SIGNS = {
  add: { icon: Plus, ink: "text-add", words: "only_database" },
  remove: { icon: Minus, ink: "text-del", words: "only_files" },
  change: { icon: PencilLine, ink: "text-mod", words: "differs" },
  rename: { icon: PencilLine, ink: "text-mod", words: "differs" },
} as const;

const SHOWN = 12;

function value(of: Change["details"][number]["before"]): string {
  return of === null ? "–" : Array.isArray(of) ? of.join(", ") : String(of);
}

function Difference({ change }: { change: Change }) {
  const { t } = useTranslation();
  const { icon: Icon, ink, words } = SIGNS[change.action];
  return (
    <li className="flex gap-3 border-t border-line px-4 py-2.5">
      <Icon size={16} aria-hidden className={`mt-0.5 shrink-0 ${ink}`} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <span className="text-sm text-ink-2">
            {textFor(`kind.${change.kind}`, {}, change.kind)}
          </span>
          <span className="font-mono text-sm font-medium wrap-anywhere">{change.identity}</span>
          <span className={`text-sm ${ink}`}>{t(`differences.${words}`)}</span>
        </p>
        {change.action === "change" && (
          <ul className="text-sm text-ink-2">
            {change.details.map(({ property, before, after }) => (
              <li key={property} className="wrap-anywhere">
                {textFor(`property.${property}`, {}, property)}: {t("differences.files")}{" "}
                <span className="font-mono text-xs text-ink">{value(before)}</span>,{" "}
                {t("differences.database")}{" "}
                <span className="font-mono text-xs text-ink">{value(after)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

/** What the files make and what is there, object by object, where they are not the same. */
export function Differences({ changes }: { changes: readonly Change[] }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(SHOWN);
  return (
    <>
      <ul>
        {changes.slice(0, shown).map((change) => (
          <Difference key={`${change.kind} ${change.identity}`} change={change} />
        ))}
      </ul>
      {shown < changes.length && (
        <div className="border-t border-line px-4 py-2">
          <Button small look="quiet" onClick={() => setShown(shown + 100)}>
            {t("more")}
          </Button>
        </div>
      )}
    </>
  );
}
