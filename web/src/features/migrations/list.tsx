import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Migration, Reversible } from "@/api/types";
import { LevelChip, MigrationBadge } from "@/components/badges";
import { ReversibleBadge } from "@/components/reversible-badge";
import { Ago } from "@/components/time";
import { useFormat } from "@/lib/use-format";
import { proofKey, provenQuery } from "./api";

interface MigrationListProps {
  environment: string;
  items: readonly Migration[];
}

interface RowProps {
  environment: string;
  item: Migration;
  wayBack: Reversible | undefined;
}

function Row({ environment, item, wayBack }: RowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <tr className="relative border-t border-line hover:bg-sunken max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-4 max-md:gap-y-1 max-md:p-3">
      <td className="px-4 py-2 max-md:order-2 max-md:p-0">
        <MigrationBadge state={item.state} />
      </td>
      <td className="w-full max-w-0 px-4 py-2 max-md:max-w-none max-md:basis-full max-md:p-0">
        {/* The link covers the row, so that the whole of it can be clicked. */}
        <Link
          to="/$environment/migrations/$version"
          params={{ environment, version: item.version }}
          className="block text-ink no-underline after:absolute after:inset-0"
        >
          <span className="block truncate font-medium">{item.name}</span>
          <span className="block font-mono text-xs text-ink-3">{item.version}</span>
        </Link>
      </td>
      <td className="px-4 py-2 max-md:order-3 max-md:p-0">
        {item.risk_level && <LevelChip level={item.risk_level} />}
      </td>
      <td className="px-4 py-2 text-sm whitespace-nowrap max-lg:hidden">
        {wayBack ? (
          <ReversibleBadge found={wayBack} />
        ) : (
          item.file !== null && (
            <span className="text-ink-3">
              {t(item.has_down ? "reversible.has_down" : "reversible.none")}
            </span>
          )
        )}
      </td>
      <td className="figures px-4 py-2 text-right text-ink-2 max-xl:hidden">
        {t("migrations.statements", { count: item.statements })}
      </td>
      <td className="px-4 py-2 text-ink-2 max-md:order-4 max-md:p-0">
        {item.applied_at && <Ago at={item.applied_at} />}
      </td>
      <td className="figures px-4 py-2 text-right text-ink-2 max-lg:hidden">
        {item.duration_ms !== null && format.duration(item.duration_ms)}
      </td>
      <td className="px-4 py-2 text-ink-2 max-xl:hidden">{item.applied_by}</td>
    </tr>
  );
}

export function MigrationList({ environment, items }: MigrationListProps) {
  const { t } = useTranslation();
  const proven = useQuery(provenQuery(environment)).data;
  const head = "px-4 py-2 font-medium whitespace-nowrap";
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <table className="w-full text-left max-md:block">
        <thead className="bg-canvas text-sm text-ink-3 max-md:sr-only">
          <tr>
            <th className={head}>{t("migrations.column.state")}</th>
            <th className={head}>{t("migrations.column.name")}</th>
            <th className={head}>{t("migrations.column.risk")}</th>
            <th className={`${head} max-lg:hidden`}>{t("reversible.title")}</th>
            <th className={`${head} text-right max-xl:hidden`}>
              {t("migrations.column.statements")}
            </th>
            <th className={head}>{t("migrations.column.applied")}</th>
            <th className={`${head} text-right max-lg:hidden`}>{t("migrations.column.took")}</th>
            <th className={`${head} max-xl:hidden`}>{t("migrations.column.by")}</th>
          </tr>
        </thead>
        <tbody className="max-md:block">
          {items.map((item) => (
            <Row
              key={item.version}
              environment={environment}
              item={item}
              wayBack={proven?.get(proofKey(item.version, item.checksum))}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
