import { useTranslation } from "react-i18next";
import { problemOf } from "@/api/problem";
import type { Backup } from "@/api/types";
import { problemWords } from "@/components/problem-words";
import { useFormat } from "@/lib/use-format";

const UNDONE = ["unknown", "deleting", "expired"] as const;

function sentences({ title, hint }: ReturnType<typeof problemWords>): string {
  const first = /[.!?]$/.test(title) ? title : `${title}.`;
  return hint ? `${first} ${hint}` : first;
}

/** Why a backup cannot be restored now, and what can be done about it; nothing where it can. */
export function WhyNot({ backup }: { backup: Backup }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, kind, error, available, expires_at: expires } = backup;
  const words = error && state === "failed" ? problemWords(problemOf(error)) : null;
  const undone = UNDONE.find((one) => one === state);
  const lost = state === "missing" || (!available && state !== "failed" && state !== "creating");
  const why = words
    ? sentences(words)
    : undone
      ? t(`backups.why.${undone}`)
      : lost
        ? t(kind === "dump" ? "backups.why.missing" : "backups.why.gone")
        : expires
          ? t("backups.until", { at: format.absolute(expires) })
          : null;
  if (why === null) return null;
  return <span className="block max-w-prose text-sm text-ink-2">{why}</span>;
}
