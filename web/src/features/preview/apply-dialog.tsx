import { useNavigate } from "@tanstack/react-router";
import { Archive, ListChecks, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Plan } from "@/api/types";
import { LevelChip } from "@/components/badges";
import { Button } from "@/components/button";
import { ClassBadge } from "@/components/class-badge";
import { isTyped, TypedWord } from "@/components/confirm-destructive";
import { Dialog } from "@/components/dialog";
import { CheckField } from "@/components/field";
import { ErrorState } from "@/components/states";
import { useEnvironment } from "@/lib/environment";
import { useRiskWords } from "@/lib/risk-words";
import { useApply } from "./api";
import { type Acceptance, demandsOf } from "./demands";
import { lossWords } from "./loss-words";

function What({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex gap-2.5">
      <span className="mt-0.5 shrink-0">{icon}</span>
      <div className="min-w-0">{children}</div>
    </li>
  );
}

/** What will happen, in the order in which it will. */
function Happening({ plan, backup }: { plan: Plan; backup: boolean }) {
  const { t } = useTranslation();
  return (
    <ul className="flex flex-col gap-2.5">
      <What icon={<Archive size={16} aria-hidden className={backup ? "text-ok" : "text-ink-3"} />}>
        {t(backup ? "apply.backup_first" : "apply.no_backup")}
      </What>
      <What icon={<ListChecks size={16} aria-hidden className="text-accent" />}>
        {t("apply.runs", { count: plan.migrations.length })}
        <ol className="mt-1 list-inside list-decimal font-mono text-sm text-ink-2">
          {plan.migrations.map(({ version, name }) => (
            <li key={version} className="wrap-anywhere">
              {name}
            </li>
          ))}
        </ol>
      </What>
      {plan.losses.length > 0 && (
        <What icon={<Trash2 size={16} aria-hidden className="text-del" />}>
          <p className="font-semibold text-del">{t("apply.lost")}</p>
          <ul>
            {plan.losses.map((loss) => (
              <li key={`${loss.identity} ${loss.kind}`}>{lossWords(loss)}</li>
            ))}
          </ul>
        </What>
      )}
    </ul>
  );
}

interface AcceptProps {
  demand: Acceptance;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function Accept({ demand, checked, onChange }: AcceptProps) {
  const { t } = useTranslation();
  const words = useRiskWords();
  return (
    <CheckField checked={checked} onChange={onChange}>
      <span className="flex flex-col items-start gap-1">
        <span className="flex flex-wrap items-center gap-2">
          <LevelChip level={demand.level} />
          <span className="text-sm text-ink-2">{t("apply.accept")}</span>
        </span>
        {demand.risks.map((risk) => (
          <span key={`${risk.version} ${risk.line}:${risk.column}`} className="block">
            {words(risk.rule, risk).message}
          </span>
        ))}
      </span>
    </CheckField>
  );
}

interface ApplyDialogProps {
  plan: Plan;
  open: boolean;
  onClose: () => void;
}

/** The last look before a plan is applied. The server holds to the same demands; this only asks. */
export function ApplyDialog({ plan, open, onClose }: ApplyDialogProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const environment = useEnvironment();
  const apply = useApply(environment.name);
  const [typed, setTyped] = useState("");
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  const { backup, word, accept } = demandsOf(plan, environment.confirmation_word);
  const count = plan.migrations.length;
  const ready =
    !apply.isPending &&
    (word === null || isTyped(typed, word)) &&
    accept.every(({ rule }) => accepted.includes(rule));
  const close = () => {
    setTyped("");
    setAccepted([]);
    apply.reset();
    onClose();
  };
  const submit = () => {
    if (!ready) return;
    const body = {
      plan_id: plan.plan_id,
      confirmation: word === null ? null : typed.trim(),
      accepted_risks: [...accepted],
    };
    apply.mutate(body, {
      onSuccess: (operation) =>
        void navigate({
          to: "/$environment/operations/$operation",
          params: { environment: environment.name, operation: operation.id },
        }),
    });
  };
  return (
    <Dialog
      wide
      classed
      open={open}
      onClose={close}
      title={t("apply.title", { count, name: environment.name })}
      about={
        <span className="flex flex-wrap items-center gap-2">
          <ClassBadge of={environment.class} />
          <span className="font-mono text-sm">{environment.database}</span>
        </span>
      }
      onSubmit={submit}
      actions={
        <Button type="submit" look="class" disabled={!ready}>
          {t("apply.button", { count, name: environment.name })}
        </Button>
      }
    >
      <Happening plan={plan} backup={backup} />
      {accept.length > 0 && (
        <fieldset className="flex flex-col gap-3 border-t border-line pt-4">
          <legend className="sr-only">{t("apply.accept_legend")}</legend>
          {accept.map((demand) => (
            <Accept
              key={demand.rule}
              demand={demand}
              checked={accepted.includes(demand.rule)}
              onChange={(checked) =>
                setAccepted(
                  checked
                    ? [...accepted, demand.rule]
                    : accepted.filter((rule) => rule !== demand.rule),
                )
              }
            />
          ))}
        </fieldset>
      )}
      {word !== null && (
        <div className="border-t border-line pt-4">
          <TypedWord word={word} typed={typed} onChange={setTyped} />
        </div>
      )}
      {apply.error && <ErrorState error={apply.error} />}
    </Dialog>
  );
}
