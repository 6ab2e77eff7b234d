import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Plan } from "@/api/types";
import { Button } from "@/components/button";
import { ClassBadge } from "@/components/class-badge";
import { isTyped, TypedWord } from "@/components/confirm-destructive";
import { Dialog } from "@/components/dialog";
import { Failure } from "@/components/operation/failure";
import { useEnvironment } from "@/lib/environment";
import { AcceptAll } from "./accept";
import { blockersQuery, useApply } from "./api";
import { demandsOf, OUT_OF_ORDER } from "./demands";
import { Happening } from "./happening";
import { verbOf } from "./plan-words";

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
  const verb = verbOf(plan);
  const blockers = useQuery(blockersQuery(environment.name, plan)).data.items;
  const { backup, word, accept, late } = demandsOf(plan, environment.confirmation_word);
  const count = plan.migrations.length;
  const ready =
    !apply.isPending &&
    (word === null || isTyped(typed, word)) &&
    (late.length === 0 || accepted.includes(OUT_OF_ORDER)) &&
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
      title={t(`plan.ask.${verb}`, { count, name: environment.name })}
      about={
        <span className="flex flex-wrap items-center gap-2">
          <ClassBadge of={environment.class} />
          <span className="font-mono text-sm">{environment.database}</span>
        </span>
      }
      onSubmit={submit}
      actions={
        <Button type="submit" look="class" disabled={!ready}>
          {t(`plan.button.${verb}`, { count, name: environment.name })}
        </Button>
      }
    >
      <Happening plan={plan} backup={backup} blockers={blockers.length} />
      <AcceptAll
        plan={plan}
        accept={accept}
        late={late}
        accepted={accepted}
        onChange={setAccepted}
      />
      {word !== null && (
        <div className="border-t border-line pt-4">
          <TypedWord word={word} typed={typed} onChange={setTyped} />
        </div>
      )}
      {apply.error && <Failure error={apply.error} />}
    </Dialog>
  );
}
