import { CircleX } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { BaselineResult } from "@/api/types";

/** Where running the files on an empty database stopped, if it did. */
export function ReplayError({ replay }: { replay: BaselineResult["replay"] }) {
  const { t } = useTranslation();
  const { error } = replay;
  if (!error) return null;
  return (
    <div className="flex gap-3 rounded-lg border border-del bg-del-soft p-4">
      <CircleX size={20} aria-hidden className="mt-0.5 shrink-0 text-del" />
      <div className="min-w-0">
        <p className="font-semibold">
          {error.version && `${error.version}, `}
          {t("statement.line", { line: error.line })}
        </p>
        <p className="font-mono text-sm wrap-anywhere">{error.message}</p>
      </div>
    </div>
  );
}
