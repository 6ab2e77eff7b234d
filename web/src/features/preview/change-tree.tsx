import clsx from "clsx";
import { ArrowRight, Minus, PencilLine, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Change, Loss, Plan } from "@/api/types";
import { EmptyState } from "@/components/states";
import { textFor } from "@/lib/i18n";
import { shortName } from "@/lib/identity";
import { Details } from "./change-details";
import { groupChanges, type ObjectNode } from "./change-groups";
import { lossWords } from "./loss-words";

const ACTIONS = {
  add: { icon: Plus, ink: "text-add", edge: "border-l-add", soft: "bg-add-soft" },
  change: { icon: PencilLine, ink: "text-mod", edge: "border-l-mod", soft: "bg-mod-soft" },
  rename: { icon: PencilLine, ink: "text-mod", edge: "border-l-mod", soft: "bg-mod-soft" },
  remove: { icon: Minus, ink: "text-del", edge: "border-l-del", soft: "bg-del-soft" },
} as const;

function Sign({ action }: { action: Change["action"] }) {
  const { t } = useTranslation();
  const { icon: Icon, ink, soft } = ACTIONS[action];
  return (
    <span className={clsx("grid size-5 shrink-0 place-items-center rounded-sm", ink, soft)}>
      <Icon size={14} aria-hidden />
      <span className="sr-only">{t(`change.${action}`)}</span>
    </span>
  );
}

interface LineProps {
  change: Change;
  losses: readonly Loss[];
}

/** One change: sign, kind, name, what becomes of it. */
function Line({ change, losses }: LineProps) {
  const { t } = useTranslation();
  const lost = losses.filter((loss) => loss.identity === change.identity);
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Sign action={change.action} />
        <span className="text-sm text-ink-2">
          {textFor(`kind.${change.kind}`, {}, change.kind)}
        </span>
        <span
          className={clsx(
            "font-mono text-sm wrap-anywhere",
            change.action === "remove" && "text-del line-through",
          )}
        >
          {shortName(change.identity)}
        </span>
        {change.new_identity && (
          <span className="inline-flex items-center gap-2 font-mono text-sm">
            <ArrowRight size={14} aria-hidden />
            {shortName(change.new_identity)}
          </span>
        )}
        {change.destructive && (
          <span className="inline-flex items-center gap-1 rounded-sm bg-del-soft px-1.5 py-px text-xs font-semibold text-del">
            <Trash2 size={12} aria-hidden />
            {lost[0] ? lossWords(lost[0]) : t("change.destructive")}
          </span>
        )}
      </div>
      <Details details={change.details} />
    </div>
  );
}

function ObjectItem({ node, losses }: { node: ObjectNode; losses: readonly Loss[] }) {
  const { t } = useTranslation();
  const action = node.change?.action ?? "change";
  return (
    <li className={clsx("border-l-3 bg-surface py-2.5 pr-4 pl-4", ACTIONS[action].edge)}>
      {node.change ? (
        <Line change={node.change} losses={losses} />
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <span className="text-sm text-ink-2">{t("kind.table")}</span>
          <span className="font-mono text-sm font-semibold wrap-anywhere">{node.name}</span>
        </div>
      )}
      {node.parts.length > 0 && (
        <ul className="mt-2 flex flex-col gap-2 pl-3">
          {node.parts.map((part) => (
            <li key={`${part.kind} ${part.identity}`}>
              <Line change={part} losses={losses} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** What changes, by schema and object; what destroys data is marked. */
export function ChangeTree({ plan }: { plan: Plan }) {
  const { t } = useTranslation();
  if (plan.changes.length === 0) {
    return <EmptyState title={t("change.none")}>{t("change.none_hint")}</EmptyState>;
  }
  return (
    <div className="flex flex-col pb-2">
      {groupChanges(plan.changes).map(({ schema, objects }) => (
        <section key={schema} aria-label={schema || t("change.database")}>
          <h3 className="px-4 pt-3 pb-1.5 text-sm text-ink-3">
            {schema ? (
              <>
                {t("kind.schema")} <span className="font-mono">{schema}</span>
              </>
            ) : (
              t("change.database")
            )}
          </h3>
          <ul className="flex flex-col gap-px bg-line">
            {objects.map((node) => (
              <ObjectItem key={`${node.kind} ${node.identity}`} node={node} losses={plan.losses} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
