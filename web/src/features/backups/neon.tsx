import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { neonQuery, useRemoveOrphan } from "@/api/neon";
import type { Neon, NeonOrphan } from "@/api/types";
import { Button } from "@/components/button";
import { Card, Fact } from "@/components/card";
import { ConfirmDestructive } from "@/components/confirm-destructive";
import { Notice } from "@/components/notice";
import { Loaded } from "@/components/states";
import { Ago } from "@/components/time";
import { useEnvironment } from "@/lib/environment";
import { textFor } from "@/lib/i18n";
import { useFormat } from "@/lib/use-format";

function Branch({ branch }: Pick<Neon, "branch">) {
  const { t } = useTranslation();
  const format = useFormat();
  const marks = [
    branch.default && t("neon.default"),
    branch.protected && t("neon.protected"),
    branch.expires_at !== null && t("neon.expires", { at: format.absolute(branch.expires_at) }),
  ].filter((mark) => mark !== false);
  return (
    <>
      <span className="wrap-anywhere">{branch.name}</span>
      {marks.length > 0 && <span className="font-normal text-ink-2"> · {marks.join(" · ")}</span>}
    </>
  );
}

function Facts({ neon }: { neon: Neon }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { project, branch, endpoint, branches, branches_limit: limit } = neon;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-4 md:grid-cols-3 xl:grid-cols-5">
      <Fact name={t("neon.project")}>
        <span className="wrap-anywhere">{project.name}</span>
      </Fact>
      <Fact name={t("neon.branch")}>
        <Branch branch={branch} />
      </Fact>
      <Fact name={t("neon.compute")}>
        {textFor(`neon.state.${endpoint.state}`, {}, endpoint.state)}
      </Fact>
      <Fact name={t("neon.history")}>{format.absolute(neon.history_until)}</Fact>
      <Fact name={t("neon.branches")}>
        <span className="figures">
          {limit === null ? branches : t("neon.of_limit", { branches, limit })}
        </span>
      </Fact>
    </dl>
  );
}

function RemoveOrphan({ orphan, onClose }: { orphan: NeonOrphan; onClose: () => void }) {
  const { t } = useTranslation();
  const remove = useRemoveOrphan(useEnvironment().name);
  return (
    <ConfirmDestructive
      open
      onClose={onClose}
      title={t("neon.orphan.title")}
      about={t("neon.orphan.sure")}
      word={null}
      action={t("neon.orphan.action")}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(orphan.branch_id, { onSuccess: onClose })}
    >
      <p className="font-mono text-sm wrap-anywhere">{orphan.name}</p>
    </ConfirmDestructive>
  );
}

function Orphans({ orphans }: { orphans: readonly NeonOrphan[] }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<NeonOrphan | null>(null);
  if (orphans.length === 0) return null;
  return (
    <section aria-label={t("neon.orphan.list")} className="flex flex-col gap-2">
      <h3 className="font-semibold">{t("neon.orphan.list")}</h3>
      <p className="text-ink-2">{t("neon.orphan.about")}</p>
      <ul className="flex flex-col">
        {orphans.map((orphan) => (
          <li
            key={orphan.branch_id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-line py-2"
          >
            <span className="min-w-0">
              <span className="font-mono text-sm wrap-anywhere">{orphan.name}</span>
              <span className="block text-sm text-ink-3">
                {t(`neon.orphan.${orphan.kind}`)} · {t("neon.orphan.made")}{" "}
                <Ago at={orphan.created_at} />
              </span>
            </span>
            <Button
              small
              look="danger"
              aria-label={t("neon.orphan.remove_one", { name: orphan.name })}
              onClick={() => setAsked(orphan)}
            >
              {t("neon.orphan.remove")}…
            </Button>
          </li>
        ))}
      </ul>
      {asked && <RemoveOrphan orphan={asked} onClose={() => setAsked(null)} />}
    </section>
  );
}

/** What is there beside: branches of before a restore, and backups of another machine. */
function Others({ neon: { previous, unrecorded } }: { neon: Neon }) {
  const { t } = useTranslation();
  const foreign = previous.filter(({ backup_id: id }) => id === null);
  const groups = [
    { of: "previous", items: foreign },
    { of: "unrecorded", items: unrecorded },
  ] as const;
  return groups
    .filter(({ items }) => items.length > 0)
    .map(({ of, items }) => (
      <section key={of} aria-label={t(`neon.${of}.list`)} className="flex flex-col gap-2">
        <h3 className="font-semibold">{t(`neon.${of}.list`)}</h3>
        <p className="text-ink-2">{t(`neon.${of}.about`)}</p>
        <ul className="flex flex-col">
          {items.map(({ name, created_at: at }) => (
            <li
              key={name}
              className="flex flex-wrap items-center justify-between gap-x-4 border-t border-line py-2"
            >
              <span className="min-w-0 font-mono text-sm wrap-anywhere">{name}</span>
              <span className="text-sm text-ink-3">
                <Ago at={at} />
              </span>
            </li>
          ))}
        </ul>
      </section>
    ));
}

/** Where the database lives at Neon, how far its history goes back, and what was left there. */
export function AtNeon() {
  const { t } = useTranslation();
  const { name, neon } = useEnvironment();
  const query = useQuery({ ...neonQuery(name), enabled: neon });
  if (!neon) return null;
  return (
    <Card title={t("neon.title")}>
      <Loaded query={query} rows={2}>
        {(known) => (
          <div className="flex flex-col gap-4">
            <Facts neon={known} />
            {known.personal_key && (
              <Notice tone="warn" title={t("neon.personal_key")}>
                {t("neon.personal_key_hint")}
              </Notice>
            )}
            <Orphans orphans={known.orphans} />
            <Others neon={known} />
          </div>
        )}
      </Loaded>
    </Card>
  );
}
