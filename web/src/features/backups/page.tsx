import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Archive } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "@/api/problem";
import type { Backup } from "@/api/types";
import { Button } from "@/components/button";
import { Page, PageHeader } from "@/components/card";
import { UndecidedRestores } from "@/components/neon/undecided-list";
import { ConfirmRestore } from "@/components/restore/confirm";
import { EmptyState, Loaded } from "@/components/states";
import { useEnvironment } from "@/lib/environment";
import { ALL, backupsQuery } from "./api";
import { DeleteBackup } from "./delete-backup";
import { EditBackup } from "./edit-backup";
import { BackupFilter, isFiltered } from "./filter";
import { Keeping } from "./keeping";
import { storeQuery } from "./keeping-api";
import { KeptDatabases } from "./kept";
import { BackupList } from "./list";
import type { Asked } from "./menu";
import { AtNeon } from "./neon";
import { NewBackup } from "./new-backup";
import { StoreAway } from "./store-away";

/** The copies of this database, and what can be done with them. */
export function BackupsPage() {
  const { t } = useTranslation();
  const environment = useEnvironment();
  const [shown, setShown] = useState(ALL);
  const query = useInfiniteQuery({
    ...backupsQuery(environment.name, shown),
    placeholderData: keepPreviousData,
  });
  // What is known of a bucket is what the list found out on its way.
  const store = useQuery({
    ...storeQuery(environment.name),
    enabled: query.dataUpdatedAt > 0,
  }).data;
  const [creating, setCreating] = useState(false);
  const [question, setAsked] = useState<{ what: Asked; backup: Backup } | null>(null);
  // What is asked about is as the list knows it now, not as it was when the question came up.
  const now = query.data?.pages
    .flatMap(({ items }) => items)
    .find(({ id }) => id === question?.backup.id);
  const asked = question && { ...question, backup: now ?? question.backup };
  const close = () => setAsked(null);
  const total = query.data?.pages[0]?.total;
  const create = (
    <Button
      look="primary"
      onClick={() => setCreating(true)}
      icon={<Archive size={16} aria-hidden />}
    >
      {t("backups.create")}
    </Button>
  );
  return (
    <Page>
      <PageHeader
        title={t("nav.backups")}
        about={
          total !== undefined &&
          !store?.problem &&
          t("backups.total", { count: total, name: environment.database })
        }
        actions={create}
      />
      {store?.problem && <StoreAway problem={problemOf(store.problem)} />}
      <UndecidedRestores />
      <KeptDatabases />
      {(isFiltered(shown) || total !== 0) && <BackupFilter shown={shown} onChange={setShown} />}
      <Loaded query={query} rows={5}>
        {({ pages }) =>
          pages[0]?.items.length ? (
            <>
              <BackupList
                backups={pages.flatMap(({ items }) => items)}
                onAsk={(what, backup) => setAsked({ what, backup })}
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
          ) : store?.problem ? (
            <EmptyState title={t("backups.none_here")} />
          ) : isFiltered(shown) ? (
            <EmptyState title={t("backups.none_of_these")} />
          ) : (
            <EmptyState
              icon={<Archive size={36} aria-hidden />}
              title={t("backups.none")}
              action={create}
            >
              {t("backups.none_hint")}
            </EmptyState>
          )
        }
      </Loaded>
      <AtNeon />
      <Keeping store={store} />
      <NewBackup open={creating} onClose={() => setCreating(false)} />
      {asked?.what === "delete" && <DeleteBackup backup={asked.backup} onClose={close} />}
      {/* What Neon keeps cannot be looked into from outside: it is put on a branch, to be looked at. */}
      {asked?.what === "restore" && (
        <ConfirmRestore id={asked.backup.id} mode="neon" tables={[]} onClose={close} />
      )}
      {asked?.what === "edit" && <EditBackup backup={asked.backup} onClose={close} />}
    </Page>
  );
}
