import { CircleX, Info, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { AdoptionProblem, AdoptionResult } from "@/api/types";
import { Card, Fact } from "@/components/card";
import { textFor } from "@/lib/i18n";
import { useFormat } from "@/lib/use-format";
import { AdoptedFiles } from "./adopted-files";
import { Differences } from "./differences";
import { ReplayError } from "./replay";
import { Verdict } from "./verdict";

function Problems({ of }: { of: readonly AdoptionProblem[] }) {
  return (
    <ul>
      {of.map((problem) => {
        const Icon = problem.acceptable ? TriangleAlert : CircleX;
        const hint = textFor(`adoption.problem.${problem.code}`, {}, problem.hint ?? "");
        return (
          <li
            key={`${problem.code} ${problem.subject} ${problem.message}`}
            className="flex gap-3 border-t border-line px-4 py-2.5"
          >
            <Icon
              size={16}
              aria-hidden
              className={`mt-0.5 shrink-0 ${problem.acceptable ? "text-warn" : "text-del"}`}
            />
            <div className="min-w-0">
              <p className="font-mono text-sm wrap-anywhere">{problem.message}</p>
              {hint && <p className="text-sm text-ink-2">{hint}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Facts({ report }: { report: AdoptionResult }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-4">
      <Fact name={t("adoption.tool")}>{report.tool}</Fact>
      <Fact name={t("adoption.folder")}>
        <span className="font-mono text-sm wrap-anywhere">{report.folder}</span>
      </Fact>
      <Fact name={t("adoption.ledger")}>
        <span className="font-mono text-sm wrap-anywhere">{report.ledger ?? "–"}</span>
      </Fact>
      <Fact name={t("adoption.replayed")}>
        <span className="figures">{format.duration(report.replay.duration_ms)}</span>
      </Fact>
      <Fact name={t("adoption.applied")}>
        <span className="figures">{format.count(report.applied_total)}</span>
      </Fact>
      <Fact name={t("adoption.pending")}>
        <span className="figures">{format.count(report.pending_total)}</span>
      </Fact>
      <Fact name={t("adoption.checksums")}>
        <span className="figures">{format.count(report.checksums_compared)}</span>
      </Fact>
      <Fact name={t("adoption.files")}>
        {t(report.in_place ? "adoption.in_place" : "adoption.written_anew")}
      </Fact>
    </dl>
  );
}

/** What was found of another tool, and whether its files make the schema that is there. */
export function AdoptionReport({ report, done }: { report: AdoptionResult; done: boolean }) {
  const { t } = useTranslation();
  const { problems, notes, changes, proven } = report;
  const said = done ? "done" : proven ? "proven" : "not_proven";
  return (
    <>
      <Verdict good={done || proven} title={t(`adoption.${said}.title`, { tool: report.tool })}>
        {t(`adoption.${said}.hint`)}
      </Verdict>
      <Card title={t("adoption.found")}>
        <Facts report={report} />
      </Card>
      <ReplayError replay={report.replay} />
      {problems.length > 0 && (
        <Card title={t("adoption.problems", { count: problems.length })} flush>
          <Problems of={problems} />
        </Card>
      )}
      {changes.length > 0 && (
        <Card title={t("differences.title", { count: changes.length })} flush>
          <p className="px-4 pb-3 text-ink-2">{t("differences.about")}</p>
          <Differences changes={changes} />
        </Card>
      )}
      {notes.map((note) => (
        <p key={note.message} className="flex gap-2.5 px-1 text-ink-2">
          <Info size={16} aria-hidden className="mt-0.5 shrink-0 text-accent" />
          {note.message}
        </p>
      ))}
      <AdoptedFiles migrations={report.migrations} />
    </>
  );
}
