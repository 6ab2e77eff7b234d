import { useTranslation } from "react-i18next";
import { isSql } from "@/lib/risk-words";
import { SqlBlock } from "./sql-block";

/** The safer way: SQL to copy, or a sentence. */
export function Remedy({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-1">
      <p className="text-sm font-medium text-ok">{t("risk.remedy")}</p>
      {isSql(text) ? <SqlBlock text={text} copy /> : <p className="text-sm text-ink-2">{text}</p>}
    </div>
  );
}
