import { Link } from "@tanstack/react-router";
import { PauseCircle } from "lucide-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { HalfDone } from "@/api/types";
import { HalfDoneOffers } from "./offers";
import { HalfDoneSteps } from "./steps";
import { progressWords } from "./words";

interface HalfDoneCardProps {
  half: HalfDone;
  environment: string;
  /** On its own page a migration needs no way to itself. */
  linked?: boolean;
}

/** A migration that stopped half-way: what is done, by evidence, and the ways on from here. */
export function HalfDoneCard({ half, environment, linked = false }: HalfDoneCardProps) {
  const { t } = useTranslation();
  const id = useId();
  const { version, name, direction, file = "as_begun" } = half;
  return (
    <section
      aria-labelledby={id}
      className="min-w-0 shrink-0 overflow-hidden rounded-lg border border-del bg-surface"
    >
      <header className="flex gap-3 border-b border-del bg-del-soft p-4">
        <PauseCircle size={22} aria-hidden className="mt-0.5 shrink-0 text-del" />
        <div className="flex min-w-0 flex-1 flex-col gap-1">
          <h2 id={id} className="text-lg font-semibold wrap-anywhere">
            {t(`half_done.title.${direction}`, { name })}
          </h2>
          <p className="text-ink-2">
            {progressWords(half)} {t("half_done.safe")}
          </p>
          {file !== "as_begun" && <p className="font-medium">{t(`half_done.file.${file}`)}</p>}
          {linked && (
            <Link
              to="/$environment/migrations/$version"
              params={{ environment, version }}
              className="self-start font-mono text-sm text-accent underline underline-offset-2 wrap-anywhere"
            >
              {version}_{name}
            </Link>
          )}
        </div>
      </header>
      <HalfDoneSteps steps={half.steps} version={version} environment={environment} />
      <div className="border-t border-line bg-canvas">
        <HalfDoneOffers half={half} environment={environment} />
      </div>
    </section>
  );
}
