import clsx from "clsx";
import { ArrowRight, KeyRound, Minus, PencilLine, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Change, Loss } from "@/api/types";
import { textFor } from "@/lib/i18n";
import { shortName } from "@/lib/identity";
import { Details } from "./details";
import { bySection, groupChanges, type ObjectNode } from "./groups";
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

interface TreeProps {
  changes: readonly Change[];
  losses: readonly Loss[];
}

/** Schemas with what changes in each. */
function Schemas({ changes, losses }: TreeProps) {
  const { t } = useTranslation();
  return groupChanges(changes).map(({ schema, objects }) => (
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
          <ObjectItem key={`${node.kind} ${node.identity}`} node={node} losses={losses} />
        ))}
      </ul>
    </section>
  ));
}

interface ChangeTreeProps {
  changes: readonly Change[];
  losses?: readonly Loss[];
}

/** What changes, by schema and object; what destroys data is marked, who may do what stands apart. */
export function ChangeTree({ changes, losses = [] }: ChangeTreeProps) {
  const { t } = useTranslation();
  const { structure, access } = bySection(changes);
  return (
    <div className="flex flex-col pb-2">
      <Schemas changes={structure} losses={losses} />
      {access.length > 0 && (
        <section aria-label={t("change.access")}>
          <h3 className="mt-2 flex items-center gap-2 border-t border-line px-4 pt-3 font-semibold first:mt-0 first:border-t-0">
            <KeyRound size={16} aria-hidden className="text-ink-3" />
            {t("change.access")}
          </h3>
          <Schemas changes={access} losses={losses} />
        </section>
      )}
    </div>
  );
}
