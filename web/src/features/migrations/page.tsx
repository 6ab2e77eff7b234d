import { useInfiniteQuery } from "@tanstack/react-query";
import { Plus, Search, Undo2 } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MigrationState } from "@/api/types";
import { Button } from "@/components/button";
import { Page, PageHeader } from "@/components/card";
import { INPUT } from "@/components/field";
import { EmptyState, Loaded } from "@/components/states";
import { useEnvironment } from "@/lib/environment";
import { migrationsQuery } from "./api";
import { MigrationList } from "./list";
import { NewMigration } from "./new-migration";
import { UndoDialog } from "./undo-dialog";

const STATES: readonly MigrationState[] = [
  "pending",
  "applied",
  "edited",
  "missing",
  "out_of_order",
  "partial",
];

/** Every migration with its state, newest first. */
export function MigrationsPage() {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const [typed, setTyped] = useState("");
  const [state, setState] = useState<MigrationState | null>(null);
  const [creating, setCreating] = useState(false);
  const [undoing, setUndoing] = useState(false);
  const search = useDeferredValue(typed.trim());
  const query = useInfiniteQuery(migrationsQuery(environment, { search, state }));
  const total = query.data?.pages[0]?.total;
  const filtered = search !== "" || state !== null;
  const create = (
    <Button look="primary" onClick={() => setCreating(true)} icon={<Plus size={16} aria-hidden />}>
      {t("migrations.new")}
    </Button>
  );
  const undo = (
    <Button onClick={() => setUndoing(true)} icon={<Undo2 size={16} aria-hidden />}>
      {t("undo.action")}
    </Button>
  );
  return (
    <Page>
      <PageHeader
        title={t("nav.migrations")}
        about={total !== undefined && t("migrations.total", { count: total })}
        actions={
          <>
            {total !== undefined && total > 0 && undo}
            {create}
          </>
        }
      />
      <div className="flex flex-wrap gap-2">
        <div className="relative min-w-56 flex-1">
          <Search
            size={16}
            aria-hidden
            className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3"
          />
          <input
            type="search"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            aria-label={t("migrations.search")}
            placeholder={t("migrations.search")}
            className={`${INPUT} pl-8`}
          />
        </div>
        <select
          value={state ?? ""}
          onChange={(event) => setState((event.target.value || null) as MigrationState | null)}
          aria-label={t("migrations.filter")}
          className={`${INPUT} max-w-56`}
        >
          <option value="">{t("migrations.all_states")}</option>
          {STATES.map((one) => (
            <option key={one} value={one}>
              {t(`migration.state.${one}`)}
            </option>
          ))}
        </select>
      </div>
      <Loaded query={query} rows={8}>
        {({ pages }) =>
          pages[0]?.items.length ? (
            <>
              <MigrationList
                environment={environment}
                items={pages.flatMap(({ items }) => items)}
              />
              {query.hasNextPage && (
                <Button
                  className="self-center"
                  disabled={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  {t("more")}
                </Button>
              )}
            </>
          ) : (
            <EmptyState
              title={t(filtered ? "migrations.none_found" : "migrations.none")}
              action={!filtered && create}
            >
              {t(filtered ? "migrations.none_found_hint" : "migrations.none_hint")}
            </EmptyState>
          )
        }
      </Loaded>
      <NewMigration open={creating} onClose={() => setCreating(false)} />
      <UndoDialog open={undoing} onClose={() => setUndoing(false)} />
    </Page>
  );
}
