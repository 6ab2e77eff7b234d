import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { SqlBlock } from "@/components/sql-block";

interface ProposedDownProps {
  sql: string;
  onTake: () => void;
}

/** The way back that the text itself tells: shown, and written only when it is wanted. */
export function ProposedDown({ sql, onTake }: ProposedDownProps) {
  const { t } = useTranslation();
  return (
    <Card title={t("propose.title")} className="shrink-0">
      <div className="flex flex-col items-start gap-3">
        <p className="text-ink-2">{t("propose.about")}</p>
        <SqlBlock text={sql} className="max-h-48 w-full overflow-auto" />
        <Button small onClick={onTake} icon={<Plus size={14} aria-hidden />}>
          {t("propose.take")}
        </Button>
      </div>
    </Card>
  );
}
