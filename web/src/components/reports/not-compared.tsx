import { CircleDot } from "lucide-react";
import { useTranslation } from "react-i18next";
import { textFor } from "@/lib/i18n";

/** What was seen and is no part of a comparison: said, so that nobody takes it for equal. */
export function NotCompared({ of }: { of: readonly { kind: string; count: number }[] }) {
  const { t } = useTranslation();
  if (of.length === 0) return null;
  const named = of.map(({ kind, count }) => `${textFor(`kind.${kind}`, {}, kind)} (${count})`);
  return (
    <p className="flex gap-2.5 px-1 text-sm text-ink-2">
      <CircleDot size={15} aria-hidden className="mt-0.5 shrink-0 text-ink-3" />
      <span className="min-w-0 wrap-anywhere">
        {t("two_sides.not_compared", { kinds: named.join(", ") })}
      </span>
    </p>
  );
}
