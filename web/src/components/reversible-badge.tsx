import clsx from "clsx";
import { CircleHelp, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Reversible } from "@/api/types";
import {
  reversibleReason,
  reversibleTone,
  reversibleWords,
  type WayBackTone,
} from "@/lib/reversible-words";

const TONES: Record<WayBackTone, string> = {
  good: "text-ok",
  warn: "text-warn",
  bad: "text-del",
  calm: "text-ink-2",
};

/** Whether there is a way back, and what it brings back. */
export function ReversibleBadge({ found }: { found: Reversible }) {
  const { t } = useTranslation();
  const Icon = found.schema === null ? CircleHelp : Undo2;
  return (
    <span
      title={reversibleReason(found)}
      className={clsx("inline-flex items-center gap-1.5 font-medium", TONES[reversibleTone(found)])}
    >
      <Icon size={15} aria-hidden className="shrink-0" />
      <span className="sr-only">{t("reversible.title")}: </span>
      {reversibleWords(found)}
    </span>
  );
}
