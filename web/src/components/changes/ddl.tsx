import { Columns2, Rows2 } from "lucide-react";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { SqlMerge } from "@/components/sql-lazy";
import { EmptyState, Loading } from "@/components/states";
import { useMedia } from "@/lib/use-media";
import { alignDdl } from "./align-ddl";

interface DdlProps {
  ddl: { before: string; after: string };
  /** What it is, and what the two sides are called. */
  about: string;
  names: [before: string, after: string];
}

/** Objects as SQL on two sides: beside each other, or in one text. */
export function Ddl({ ddl, about, names }: DdlProps) {
  const { t } = useTranslation();
  const roomy = useMedia("(min-width: 768px)");
  const [together, setTogether] = useState(false);
  const unified = together || !roomy;
  const { before } = ddl;
  const after = alignDdl(before, ddl.after);
  const [left, right] = names;
  if (before === ddl.after) return <EmptyState title={t("ddl.same")} />;
  return (
    <div>
      <div className="flex flex-wrap items-center justify-between gap-2 px-4 py-2">
        <p className="text-sm text-ink-2">{about}</p>
        {roomy && (
          <Button
            small
            look="plain"
            aria-pressed={together}
            onClick={() => setTogether(!together)}
            icon={unified ? <Columns2 size={15} aria-hidden /> : <Rows2 size={15} aria-hidden />}
          >
            {t(unified ? "ddl.side_by_side" : "ddl.unified")}
          </Button>
        )}
      </div>
      {!unified && (
        <div className="grid grid-cols-2 border-t border-line bg-canvas text-sm font-medium text-ink-2">
          <span className="truncate px-4 py-1.5">{left}</span>
          <span className="truncate border-l border-line px-4 py-1.5">{right}</span>
        </div>
      )}
      <div className="h-[min(70vh,46rem)] min-h-96 overflow-hidden rounded-b-lg border-t border-line">
        <Suspense fallback={<Loading rows={8} />}>
          <SqlMerge
            before={before}
            after={after}
            unified={unified}
            labels={[left, right]}
            unchanged={t("ddl.unchanged")}
          />
        </Suspense>
      </div>
    </div>
  );
}
