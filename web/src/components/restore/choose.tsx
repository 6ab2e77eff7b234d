import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RestoreMode, RestorePreview } from "@/api/types";
import { Button } from "@/components/button";
import { Card } from "@/components/card";
import { CheckField } from "@/components/field";
import { useEnvironment } from "@/lib/environment";
import { ConfirmRestore } from "./confirm";
import { proposed, reasonWords } from "./modes";

interface WaysProps {
  preview: RestorePreview;
  chosen: RestoreMode | null;
  onChoose: (mode: RestoreMode) => void;
}

function Ways({ preview, chosen, onChoose }: WaysProps) {
  const { t } = useTranslation();
  const name = useEnvironment().database;
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="sr-only">{t("restore.way")}</legend>
      {preview.modes.map(({ mode, possible, ...why }) => (
        <label
          key={mode}
          className={`flex items-start gap-2.5 ${possible ? "cursor-pointer" : "text-ink-3"}`}
        >
          <input
            type="radio"
            name="mode"
            disabled={!possible}
            checked={chosen === mode}
            onChange={() => onChoose(mode)}
            className="mt-0.5 size-4 shrink-0 accent-accent max-md:size-6"
          />
          <span className="min-w-0">
            <span className="font-medium">{t(`restore.mode.${mode}.name`)}</span>
            <span className={`block text-sm ${possible ? "text-ink-2" : ""}`}>
              {possible ? t(`restore.mode.${mode}.about`, { name }) : reasonWords(why)}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface TablesProps {
  names: string[];
  chosen: string[];
  onChange: (names: string[]) => void;
}

function Tables({ names, chosen, onChange }: TablesProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="flex max-h-64 flex-col gap-1.5 overflow-auto rounded-md bg-sunken p-3">
      <legend className="sr-only">{t("restore.which_tables")}</legend>
      {names.map((name) => (
        <CheckField
          key={name}
          checked={chosen.includes(name)}
          onChange={(on) => onChange(on ? [...chosen, name] : chosen.filter((n) => n !== name))}
        >
          <span className="font-mono text-sm wrap-anywhere">{name}</span>
        </CheckField>
      ))}
    </fieldset>
  );
}

/** How the backup is to be restored, once it was seen what that means. */
export function ChooseRestore({ preview }: { preview: RestorePreview }) {
  const { t } = useTranslation();
  const [mode, setMode] = useState<RestoreMode | null>(proposed(preview));
  const [tables, setTables] = useState<string[]>([]);
  const [asking, setAsking] = useState(false);
  const then = preview.tables.filter(({ rows_then: rows }) => rows !== null);
  const some = mode === "tables";
  const ready = mode !== null && (!some || tables.length > 0);
  return (
    <Card title={t("restore.way")}>
      <div className="flex flex-col gap-4">
        <p className="text-ink-2">{t("restore.way_about")}</p>
        <Ways preview={preview} chosen={mode} onChoose={setMode} />
        {some && (
          <Tables names={then.map(({ name }) => name)} chosen={tables} onChange={setTables} />
        )}
        <Button
          look="class"
          className="self-start"
          disabled={!ready}
          onClick={() => setAsking(true)}
        >
          {t("backups.restore")}
        </Button>
      </div>
      {asking && mode !== null && (
        <ConfirmRestore
          id={preview.backup_id}
          mode={mode}
          tables={some ? tables : []}
          onClose={() => setAsking(false)}
        />
      )}
    </Card>
  );
}
