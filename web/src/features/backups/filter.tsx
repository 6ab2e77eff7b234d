import { useTranslation } from "react-i18next";
import { INPUT } from "@/components/field";
import { ALL, type Shown } from "./api";

const STATES = ["verified", "proven", "ready", "failed", "missing", "expired"] as const;

interface FilterProps {
  shown: Shown;
  onChange: (shown: Shown) => void;
}

export function isFiltered({ state, search }: Shown): boolean {
  return state !== ALL.state || search !== ALL.search;
}

/** Which of the backups are listed. */
export function BackupFilter({ shown, onChange }: FilterProps) {
  const { t } = useTranslation();
  return (
    <search className="flex flex-wrap gap-3">
      <span className="w-72 max-md:w-full">
        <input
          type="search"
          value={shown.search}
          onChange={(event) => onChange({ ...shown, search: event.target.value })}
          placeholder={t("backups.search")}
          aria-label={t("backups.search")}
          maxLength={200}
          className={INPUT}
        />
      </span>
      <span className="w-48 max-md:w-full">
        <select
          value={shown.state}
          onChange={(event) => onChange({ ...shown, state: event.target.value as Shown["state"] })}
          aria-label={t("backup.state.name")}
          className={INPUT}
        >
          <option value="">{t("backups.all_states")}</option>
          {STATES.map((state) => (
            <option key={state} value={state}>
              {t(`backup.state.${state}`)}
            </option>
          ))}
        </select>
      </span>
    </search>
  );
}
