import { Check, CircleDashed, Minus, PencilLine } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AdoptedMigration } from "@/api/types";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { Ago } from "@/components/time";
import { checksumOf } from "./checksum";

const LOOKS = {
  equal: { icon: Check, ink: "text-ok" },
  edited: { icon: PencilLine, ink: "text-del" },
  not_kept: { icon: Minus, ink: "text-ink-2" },
  pending: { icon: CircleDashed, ink: "text-accent" },
} as const;

const SHOWN = 20;

function Row({ one }: { one: AdoptedMigration }) {
  const { t } = useTranslation();
  const verdict = checksumOf(one);
  const { icon: Icon, ink } = LOOKS[verdict];
  return (
    <li className="grid items-center gap-x-4 gap-y-0.5 border-t border-line px-4 py-2 md:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_8rem_11rem]">
      <span className="min-w-0">
        <span className="block truncate font-medium">{one.name}</span>
        <span className="block font-mono text-xs text-ink-3">{one.version}</span>
      </span>
      <span className="font-mono text-xs text-ink-2 wrap-anywhere">{one.source}</span>
      <span className="text-sm text-ink-2">
        {one.applied_at ? <Ago at={one.applied_at} /> : one.applied && t("adoption.was_applied")}
      </span>
      <span className={`inline-flex items-center gap-1.5 text-sm font-medium ${ink}`}>
        <Icon size={15} aria-hidden className="shrink-0" />
        {t(`adoption.checksum.${verdict}`)}
      </span>
    </li>
  );
}

/** Each file of the other tool, what it becomes, and whether it is as it was applied. */
export function AdoptedFiles({ migrations }: { migrations: readonly AdoptedMigration[] }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(SHOWN);
  if (migrations.length === 0) return null;
  return (
    <Card title={t("migrations.total", { count: migrations.length })} flush>
      <ol className="mt-1">
        {migrations.slice(0, shown).map((one) => (
          <Row key={one.version} one={one} />
        ))}
      </ol>
      {shown < migrations.length && (
        <div className="border-t border-line px-4 py-2">
          <Button small look="quiet" onClick={() => setShown(shown + 200)}>
            {t("more")}
          </Button>
        </div>
      )}
    </Card>
  );
}
