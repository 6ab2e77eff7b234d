import { useTranslation } from "react-i18next";
import type { Problem } from "@/api/types";
import { Notice } from "@/components/notice";
import { problemWords } from "@/components/problem-words";

/** The bucket is out of reach, or a record cannot be read: what is not listed is not lost. */
export function StoreAway({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  const { title, hint } = problemWords(problem);
  return (
    <Notice tone="warn" title={title}>
      {problem.code === "store_unavailable" && <p>{t("backups.store_away")}</p>}
      {hint && <p>{hint}</p>}
      <p className="font-mono text-xs wrap-anywhere">{problem.message}</p>
    </Notice>
  );
}
