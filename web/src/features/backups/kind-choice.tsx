import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { neonQuery } from "@/api/neon";
import type { Backup, Neon } from "@/api/types";
import { useEnvironment } from "@/lib/environment";

type Kind = Backup["kind"];

const KINDS: readonly Kind[] = ["dump", "neon_snapshot", "neon_branch", "neon_lsn"];

/** Why Neon cannot keep a backup of this kind; null where it can, or where that is not known. */
function obstacle(kind: Kind, neon: Neon | undefined) {
  if (!neon) return null;
  if (kind === "neon_snapshot" && !neon.root) return "not_root" as const;
  if (kind !== "neon_branch") return null;
  if (neon.branch.expires_at !== null) return "expires" as const;
  const { branches, branches_limit: limit } = neon;
  // Some plans answer 0 or less, and mean that there is no limit.
  return limit !== null && limit > 0 && branches >= limit ? ("full" as const) : null;
}

interface KindChoiceProps {
  chosen: Kind;
  onChoose: (kind: Kind) => void;
}

/** Where the backup is to be kept: in a file, or by Neon; only a database that lives there asks. */
export function KindChoice({ chosen, onChoose }: KindChoiceProps) {
  const { t } = useTranslation();
  const { name, neon: lives } = useEnvironment();
  const neon = useQuery({ ...neonQuery(name), enabled: lives }).data;
  if (!lives) return null;
  return (
    <fieldset className="flex flex-col gap-2.5">
      <legend className="mb-1.5 font-medium">{t("backups.kind")}</legend>
      {KINDS.map((kind) => {
        const why = obstacle(kind, neon);
        return (
          <label
            key={kind}
            className={`flex items-start gap-2.5 ${why ? "text-ink-3" : "cursor-pointer"}`}
          >
            <input
              type="radio"
              name="kind"
              disabled={why !== null}
              checked={chosen === kind}
              onChange={() => onChoose(kind)}
              className="mt-0.5 size-4 shrink-0 accent-accent max-md:size-6"
            />
            <span className="min-w-0">
              <span className="font-medium">{t(`backup.kind.${kind}`)}</span>
              <span className={`block text-sm ${why ? "" : "text-ink-2"}`}>
                {why ? t(`backups.kind_not.${why}`) : t(`backups.kind_about.${kind}`)}
              </span>
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}
