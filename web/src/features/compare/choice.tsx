import { useQuery } from "@tanstack/react-query";
import { GitCompareArrows } from "lucide-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { environmentsQuery } from "@/api/queries";
import { Button } from "@/components/button";
import { CheckField, INPUT } from "@/components/field";
import { useEnvironment } from "@/lib/environment";
import { useFormat } from "@/lib/use-format";
import { backupSidesQuery, type Side } from "./api";
import { sideKey, sideOf } from "./sides";

interface ChoiceProps {
  side: Side | null;
  busy: boolean;
  onCompare: (side: Side, safe: boolean) => void;
}

function Options() {
  const { t } = useTranslation();
  const format = useFormat();
  const here = useEnvironment().name;
  const names = (useQuery(environmentsQuery).data?.items ?? []).map(({ name }) => name);
  const backups = useQuery(backupSidesQuery(here)).data ?? [];
  const others = names.filter((name) => name !== here);
  return (
    <>
      <option value={sideKey({ kind: "migrations", name: here })}>{t("compare.own_files")}</option>
      {others.length > 0 && (
        <optgroup label={t("compare.group.environment")}>
          {others.map((name) => (
            <option key={name} value={sideKey({ kind: "environment", name })}>
              {name}
            </option>
          ))}
        </optgroup>
      )}
      {others.length > 0 && (
        <optgroup label={t("compare.group.migrations")}>
          {others.map((name) => (
            <option key={name} value={sideKey({ kind: "migrations", name })}>
              {t("compare.files_of", { name })}
            </option>
          ))}
        </optgroup>
      )}
      {backups.length > 0 && (
        <optgroup label={t("compare.group.backup")}>
          {backups.map(({ id, label, created_at: at }) => (
            <option key={id} value={sideKey({ kind: "backup", name: id })}>
              {label ? `${label}, ` : ""}
              {format.absolute(at)}
            </option>
          ))}
        </optgroup>
      )}
    </>
  );
}

/** With what this environment is compared, and how careful the SQL is to be. */
export function Choice({ side, busy, onCompare }: ChoiceProps) {
  const { t } = useTranslation();
  const id = useId();
  const environment = useEnvironment().name;
  const [key, setKey] = useState(sideKey(side ?? { kind: "migrations", name: environment }));
  const [safe, setSafe] = useState(false);
  return (
    <form
      className="flex flex-wrap items-end gap-x-5 gap-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        const chosen = sideOf(key);
        if (chosen) onCompare(chosen, safe);
      }}
    >
      <div className="flex flex-col gap-1.5">
        <span className="font-medium">{t("compare.from")}</span>
        <span className="flex min-h-8 items-center font-mono text-sm max-md:min-h-10">
          {environment}
        </span>
      </div>
      <div className="flex w-80 flex-col gap-1.5 max-sm:w-full">
        <label htmlFor={id} className="font-medium">
          {t("compare.to")}
        </label>
        <select
          id={id}
          value={key}
          onChange={(event) => setKey(event.target.value)}
          className={INPUT}
        >
          <Options />
        </select>
      </div>
      <div className="flex min-h-8 items-center max-md:min-h-10">
        <CheckField checked={safe} onChange={setSafe}>
          {t("compare.safe")}
        </CheckField>
      </div>
      <Button
        type="submit"
        look="primary"
        disabled={busy}
        icon={<GitCompareArrows size={16} aria-hidden />}
      >
        {t("compare.action")}
      </Button>
    </form>
  );
}
