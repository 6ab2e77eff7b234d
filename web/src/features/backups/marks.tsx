import { Cloud, LockKeyhole, type LucideIcon, Pin, ShieldQuestion } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Backup } from "@/api/types";

interface MarkProps {
  icon: LucideIcon;
  word: string;
  ink?: string;
}

function Mark({ icon: Icon, word, ink = "text-ink-2" }: MarkProps) {
  return (
    <span className={`inline-flex items-center gap-1 text-sm ${ink}`}>
      <Icon size={13} aria-hidden />
      {word}
    </span>
  );
}

/** What is out of the ordinary about a backup: pinned, elsewhere, encrypted, of unknown origin. */
export function BackupMarks({ backup }: { backup: Backup }) {
  const { t } = useTranslation();
  return (
    <>
      {backup.pinned && <Mark icon={Pin} word={t("backup.pinned")} ink="text-accent" />}
      {backup.kind !== "dump" && <Mark icon={Cloud} word={t(`backup.kind.${backup.kind}`)} />}
      {backup.store === "s3" && <Mark icon={Cloud} word={t("backup.in_bucket")} />}
      {backup.encrypted && <Mark icon={LockKeyhole} word={t("backup.encrypted")} />}
      {backup.quarantined && (
        <Mark icon={ShieldQuestion} word={t("backup.quarantined")} ink="text-warn" />
      )}
    </>
  );
}
