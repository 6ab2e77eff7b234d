import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { neonQuery } from "@/api/neon";
import { previousQuery } from "@/api/restores";
import type { RestoreResult } from "@/api/types";
import { Button } from "@/components/button";
import { Undecided } from "@/components/neon/undecided";
import { Notice } from "@/components/notice";
import { UndoRestore } from "@/components/restore/undo";
import { Loaded, Loading } from "@/components/states";
import { useEnvironment } from "@/lib/environment";
import { Good } from "./good";
import { ToBackups } from "./to-backups";

function WayBack({ words, name }: { words: string; name: string }) {
  return (
    <>
      <p className="text-ink-2">{words}</p>
      <p className="mt-1 font-mono text-sm font-semibold wrap-anywhere">{name}</p>
    </>
  );
}

/** The database was swapped: what it was is kept, and one click away as long as it is. */
function Swapped({ database, previous }: { database: string; previous: string }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const kept = useQuery(previousQuery(useEnvironment().name)).data?.items ?? [];
  const there = kept.some((one) => one.database === previous);
  return (
    <Good
      title={t("outcome.restored", { name: database })}
      action={there ? <Button onClick={() => setAsking(true)}>{t("kept.undo")}…</Button> : null}
    >
      <WayBack words={t("outcome.previous")} name={previous} />
      {asking && <UndoRestore database={previous} onClose={() => setAsking(false)} />}
    </Good>
  );
}

/** At Neon the first step replaces nothing: it must not be told as done. */
function Beside({ result }: { result: RestoreResult }) {
  const { t } = useTranslation();
  // What was known before this restore tells nothing of it.
  const query = useQuery({ ...neonQuery(useEnvironment().name), staleTime: 0 });
  return (
    <Loaded query={query} rows={3}>
      {({ unfinished }) => {
        const restore = unfinished.find(({ branch }) => branch === result.branch);
        if (restore) return <Undecided restore={restore} />;
        if (query.isFetching) return <Loading rows={3} />;
        return <Notice title={t("outcome.decided")}>{t("outcome.decided_about")}</Notice>;
      }}
    </Loaded>
  );
}

/** What a restore came to, and the way back from it. */
export function Restored({ kind, result }: { kind: string; result: RestoreResult }) {
  const { t } = useTranslation();
  const { database: name, schema, previous_database: previous, branch } = result;
  if (kind === "restore" && result.mode === "neon") return <Beside result={result} />;
  if (previous !== null) return <Swapped database={name} previous={previous} />;
  if (schema) {
    return (
      <Good title={t("outcome.restored_beside", { schema })} action={<ToBackups />}>
        <p className="text-ink-2">{t("outcome.beside_next")}</p>
      </Good>
    );
  }
  if (branch) {
    return (
      <Good title={t("outcome.replaced", { name })} action={<ToBackups />}>
        <WayBack words={t("outcome.replaced_kept")} name={branch} />
      </Good>
    );
  }
  return (
    <Good title={t("outcome.restored", { name })} action={<ToBackups />}>
      {result.safety_backup_id && (
        <WayBack words={t("outcome.way_back_backup")} name={result.safety_backup_id} />
      )}
    </Good>
  );
}

export function Abandoned() {
  const { t } = useTranslation();
  const name = useEnvironment().database;
  return <Good title={t("outcome.abandoned", { name })} action={<ToBackups />} />;
}
