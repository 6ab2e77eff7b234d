import { useSearch } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { MigrationText } from "@/api/types";
import { Notice } from "@/components/notice";
import { SqlEditor, SqlMerge } from "@/components/sql-lazy";
import { Loading } from "@/components/states";
import { Ago } from "@/components/time";
import { useFormat } from "@/lib/use-format";
import { useMedia } from "@/lib/use-media";
import { AppliedActions } from "./actions";
import { HalfDoneOf } from "./half-done-of";
import { MigrationHeader } from "./header";
import { Repair } from "./repair";

const EXPLAINED = ["edited", "missing", "partial"] as const;

/** A migration that is not edited any more: what was applied, and the file where it differs. */
export function ReadOnlyMigration({ migration }: { migration: MigrationText }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { line } = useSearch({ from: "/$environment/migrations/$version" });
  const narrow = useMedia("(max-width: 767px)");
  const { state } = migration;
  const explained = EXPLAINED.find((one) => one === state);
  const compared = state === "edited" && migration.ledger_text !== null;
  const by = migration.applied_by ? t("migration.by", { name: migration.applied_by }) : "";
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-4 p-4 md:p-6">
      <MigrationHeader
        migration={migration}
        note={
          migration.applied_at && (
            <span>
              <Ago at={migration.applied_at} /> {by}
              {migration.duration_ms !== null && ` · ${format.duration(migration.duration_ms)}`}
            </span>
          )
        }
        actions={<AppliedActions migration={migration} />}
      />
      {explained ? (
        <Notice tone="warn" title={t(`migration.note.${explained}.title`)}>
          {t(`migration.note.${explained}.hint`)}
        </Notice>
      ) : (
        <Notice>{t("migration.note.applied")}</Notice>
      )}
      <HalfDoneOf version={migration.version} />
      {(state === "edited" || state === "missing") && <Repair migration={migration} />}
      {compared && (
        <div className="grid grid-cols-2 gap-4 text-sm font-medium text-ink-2 max-md:hidden">
          <span>{t("migration.in_ledger")}</span>
          <span>{t("migration.in_file")}</span>
        </div>
      )}
      <div className="min-h-80 flex-1 overflow-hidden rounded-lg border border-line bg-surface">
        <Suspense fallback={<Loading rows={6} />}>
          {compared ? (
            <SqlMerge
              before={migration.ledger_text ?? ""}
              after={migration.text}
              labels={[t("migration.in_ledger"), t("migration.in_file")]}
              unified={narrow}
              unchanged={t("ddl.unchanged")}
            />
          ) : (
            <SqlEditor
              readOnly
              {...(line !== undefined && { line })}
              value={migration.text || (migration.ledger_text ?? "")}
              label={t("editor.label", { file: migration.file ?? migration.name })}
            />
          )}
        </Suspense>
      </div>
    </div>
  );
}
