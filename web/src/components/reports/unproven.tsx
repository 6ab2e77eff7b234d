import { CircleX } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Cannot, Change } from "@/api/types";
import { Card } from "@/components/card";
import { textFor } from "@/lib/i18n";

interface UnprovenProps {
  cannot: readonly Cannot[];
  left: readonly Change[];
}

/** What generated SQL does not do: what no statement can, and what was still different after it. */
export function Unproven({ cannot, left }: UnprovenProps) {
  const { t } = useTranslation();
  const items = [
    ...cannot.map((one) => ({ ...one, why: one.reason })),
    ...left.map((one) => ({ ...one, why: t("generated.left") })),
  ];
  if (items.length === 0) return null;
  return (
    <Card title={t("generated.lacks", { count: items.length })} flush className="border-warn!">
      <ul>
        {items.map(({ kind, identity, why }) => (
          <li
            key={`${kind} ${identity} ${why}`}
            className="flex gap-2.5 border-t border-line px-4 py-2.5"
          >
            <CircleX size={16} aria-hidden className="mt-0.5 shrink-0 text-warn" />
            <span className="min-w-0 wrap-anywhere">
              <span className="text-sm text-ink-2">{textFor(`kind.${kind}`, {}, kind)}</span>{" "}
              <span className="font-mono text-sm font-medium">{identity}</span>
              <span className="block text-sm text-ink-2">{why}</span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
