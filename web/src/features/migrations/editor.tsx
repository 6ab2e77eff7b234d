import { useSearch } from "@tanstack/react-router";
import { FlaskConical, Save, Trash2 } from "lucide-react";
import { Suspense, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useStartPlan } from "@/api/preview";
import type { MigrationText } from "@/api/types";
import { Button } from "@/components/button";
import { Notice } from "@/components/notice";
import type { EditorHandle } from "@/components/sql/editor";
import { SqlEditor } from "@/components/sql-lazy";
import { ErrorState, Loading } from "@/components/states";
import { gravityOf, type Mark } from "@/lib/diagnostics";
import { useEnvironment } from "@/lib/environment";
import { useRiskWords } from "@/lib/risk-words";
import { MarkApplied } from "./actions";
import { ConflictDialog } from "./conflict-dialog";
import { DeleteMigration, useDeleting } from "./delete-migration";
import { withDown } from "./down-section";
import { HalfDoneOf } from "./half-done-of";
import { MigrationHeader } from "./header";
import { LeaveDialog } from "./leave-dialog";
import { Problems } from "./problems";
import { ProposedDown } from "./proposed-down";
import { TrialPanel } from "./trial";
import { errorMark } from "./trial-mark";
import { useDiagnostics } from "./use-diagnostics";
import { useDraft } from "./use-draft";
import { useTrial } from "./use-trial";

/** Writing a migration, with what is wrong with it beside it. */
export function MigrationEditor({ migration }: { migration: MigrationText }) {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const { line } = useSearch({ from: "/$environment/migrations/$version" });
  const editor = useRef<EditorHandle>(null);
  const draft = useDraft(environment, migration);
  const deleting = useDeleting();
  const start = useStartPlan(environment);
  const late = migration.state === "out_of_order";
  const partial = migration.state === "partial";
  const judgement = useDiagnostics(draft.text);
  const words = useRiskWords();
  const trial = useTrial(environment, migration.version, partial ? null : draft.text);
  // A mark belongs to the text that it was found in.
  const failed = trial.text === draft.text ? errorMark(trial.tried, judgement.diagnostics) : null;
  const marks = useMemo<Mark[]>(
    () => [
      ...judgement.diagnostics.map((found) => ({
        ...found,
        gravity: gravityOf(found),
        message: found.severity === "risk" ? words(found.code, found).message : found.message,
      })),
      ...(failed ? [failed] : []),
    ],
    [judgement.diagnostics, words, failed],
  );
  const preview = async () => {
    // What stopped half-way goes on by one of its offers, which say what they do.
    if (partial) return;
    if (draft.dirty && !(await draft.save())) return;
    start.mutate({ what: "up", outOfOrder: late });
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4 p-4 md:p-6">
      <MigrationHeader
        migration={migration}
        note={
          <span role="status" className={draft.dirty ? "font-medium text-warn" : ""}>
            {t(draft.saving ? "editor.saving" : draft.dirty ? "editor.unsaved" : "editor.saved")}
          </span>
        }
        actions={
          <>
            {!partial && (
              <>
                <MarkApplied migration={migration} />
                <Button look="quiet" onClick={deleting.ask} icon={<Trash2 size={16} aria-hidden />}>
                  {t("editor.delete")}
                </Button>
              </>
            )}
            <Button
              onClick={() => void draft.save()}
              disabled={!draft.dirty || draft.saving}
              aria-keyshortcuts="Control+S"
              title={t("editor.save_key")}
              icon={<Save size={16} aria-hidden />}
            >
              {t("editor.save")}
            </Button>
            {!partial && (
              <Button
                look="primary"
                onClick={() => void preview()}
                disabled={draft.saving || start.isPending}
                aria-keyshortcuts="Control+Enter"
                title={t("editor.preview_key")}
                icon={<FlaskConical size={16} aria-hidden />}
              >
                {t("editor.preview")}
              </Button>
            )}
          </>
        }
      />
      <HalfDoneOf version={migration.version} />
      {late && (
        <Notice tone="warn" title={t("migration.note.out_of_order.title")}>
          {t("migration.note.out_of_order.hint")}
        </Notice>
      )}
      {start.error && <ErrorState error={start.error} />}
      {draft.error ? <ErrorState error={draft.error} retry={() => void draft.save()} /> : null}
      <div className="grid gap-4 max-lg:grid-rows-[24rem_auto] lg:min-h-96 lg:flex-1 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-h-80 overflow-hidden rounded-lg border border-line bg-surface">
          <Suspense fallback={<Loading rows={6} />}>
            <SqlEditor
              ref={editor}
              value={draft.text}
              label={t("editor.label", { file: migration.file ?? migration.name })}
              marks={marks}
              {...(line !== undefined && { line })}
              onChange={draft.setText}
              keys={{ "Mod-s": () => void draft.save(), "Mod-Enter": () => void preview() }}
            />
          </Suspense>
        </div>
        <div className="flex min-h-0 flex-col gap-4 lg:overflow-y-auto">
          {!partial && (
            <TrialPanel
              trial={trial}
              waiting={trial.text !== draft.text}
              onGo={(row, column) => editor.current?.goTo(row, column)}
            />
          )}
          <Problems
            judgement={judgement}
            waiting={judgement.text !== draft.text}
            onGo={(row, column) => editor.current?.goTo(row, column)}
          />
          {judgement.proposedDown !== null && judgement.text === draft.text && (
            <ProposedDown
              sql={judgement.proposedDown}
              onTake={() => draft.setText(withDown(draft.text, judgement.proposedDown ?? ""))}
            />
          )}
        </div>
      </div>
      <ConflictDialog draft={draft} />
      <DeleteMigration migration={migration} {...deleting} onDeleted={draft.discard} />
      <LeaveDialog draft={draft} />
    </div>
  );
}
