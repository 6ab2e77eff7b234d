import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { History, Link2, Link2Off } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/components/button";
import { Page, PageHeader } from "@/components/card";
import { INPUT } from "@/components/field";
import { kindWords } from "@/components/operation/words";
import { EmptyState, Loaded } from "@/components/states";
import { useEnvironment } from "@/lib/environment";
import { useFormat } from "@/lib/use-format";
import { chainQuery, historyQuery, KINDS } from "./api";
import { Days } from "./days";

/** Whether the audit log is as it was written. */
function ChainState() {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: chain } = useQuery(chainQuery(useEnvironment().name));
  if (!chain) return null;
  const Icon = chain.intact ? Link2 : Link2Off;
  return (
    <span
      title={t("history.chain_about")}
      className={`inline-flex items-center gap-1.5 font-medium ${chain.intact ? "text-ok" : "text-del"}`}
    >
      <Icon size={16} aria-hidden />
      {chain.intact
        ? t("history.chain_intact", { count: chain.events })
        : t("history.chain_broken", { at: format.count(chain.broken_at ?? 0) })}
    </span>
  );
}

/** What was done to this database, by whom, when, and how it ended. */
export function HistoryPage() {
  const { t } = useTranslation();
  const environment = useEnvironment().name;
  const [kind, setKind] = useState<string | null>(null);
  const query = useInfiniteQuery(historyQuery(environment, kind));
  return (
    <Page>
      <PageHeader
        title={t("nav.history")}
        about={<ChainState />}
        actions={
          <select
            value={kind ?? ""}
            onChange={(event) => setKind(event.target.value || null)}
            aria-label={t("history.filter")}
            className={`${INPUT} min-w-48`}
          >
            <option value="">{t("history.all_kinds")}</option>
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {kindWords(one)}
              </option>
            ))}
          </select>
        }
      />
      <Loaded query={query} rows={8}>
        {({ pages }) =>
          pages[0]?.items.length ? (
            <>
              <Days operations={pages.flatMap(({ items }) => items)} />
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
              icon={<History size={36} aria-hidden />}
              title={t(kind ? "history.none_of_kind" : "history.none")}
            >
              {t("history.none_hint")}
            </EmptyState>
          )
        }
      </Loaded>
    </Page>
  );
}
