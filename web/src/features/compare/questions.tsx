import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RenameQuestion } from "@/api/types";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { CheckField } from "@/components/field";
import { textFor } from "@/lib/i18n";
import { shortName } from "@/lib/identity";
import { renameKey } from "./sides";

interface QuestionsProps {
  questions: readonly RenameQuestion[];
  busy: boolean;
  onAnswer: (renames: string[]) => void;
}

/** What may have been renamed: between two databases nobody but you can know. */
export function Questions({ questions, busy, onAnswer }: QuestionsProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  if (questions.length === 0) return null;
  const set = (key: string, on: boolean) =>
    setChosen(on ? [...chosen, key] : chosen.filter((one) => one !== key));
  return (
    <Card title={t("compare.renames.title")}>
      <p className="mb-3 max-w-prose text-ink-2">{t("compare.renames.about")}</p>
      <ul className="flex flex-col gap-2.5">
        {questions.map((question) => {
          const key = renameKey(question);
          return (
            <li key={key}>
              <CheckField checked={chosen.includes(key)} onChange={(on) => set(key, on)}>
                <span className="flex flex-wrap items-baseline gap-x-2">
                  <span className="text-sm text-ink-2">
                    {textFor(`kind.${question.kind}`, {}, question.kind)}
                  </span>
                  <span className="font-mono text-sm wrap-anywhere">
                    {question.from}
                    <ArrowRight size={13} aria-label="→" className="mx-1.5 inline" />
                    {shortName(question.to)}
                  </span>
                  <span className="text-sm text-ink-2">
                    {textFor(`compare.why.${question.why}`, {}, question.why)}
                  </span>
                </span>
              </CheckField>
            </li>
          );
        })}
      </ul>
      <Button
        className="mt-3"
        disabled={busy || chosen.length === 0}
        onClick={() => onAnswer([...chosen])}
      >
        {t("compare.renames.action")}
      </Button>
    </Card>
  );
}
