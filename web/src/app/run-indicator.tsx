import { Popover } from "@base-ui/react/popover";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { LoaderCircle } from "lucide-react";
import { useTranslation } from "react-i18next";
import { isActive, operationsQuery, useCancel } from "@/api/queries";
import type { Operation } from "@/api/types";
import { Button, buttonClass } from "@/components/button";
import { fractionOf } from "@/components/operation/stages";
import { kindWords, stepWords } from "@/components/operation/words";
import { ProgressBar } from "@/components/progress-bar";

function Running({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const cancel = useCancel();
  return (
    <li className="flex flex-col gap-2">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-semibold">{kindWords(operation.kind)}</span>
        <span className="font-mono text-xs text-ink-2">{operation.environment}</span>
      </div>
      <ProgressBar label={kindWords(operation.kind)} value={fractionOf(operation)} />
      <p className="min-h-5 text-sm text-ink-2 wrap-anywhere">{stepWords(operation)}</p>
      <div className="flex gap-2">
        {operation.environment && (
          <Popover.Close
            nativeButton={false}
            render={
              <Link
                to="/$environment/operations/$operation"
                params={{ environment: operation.environment, operation: operation.id }}
                className={buttonClass("plain", true)}
              />
            }
          >
            {t("open")}
          </Popover.Close>
        )}
        <Button
          small
          look="danger"
          disabled={operation.state === "cancelling" || cancel.isPending}
          onClick={() => cancel.mutate(operation.id)}
        >
          {t("operation.cancel")}
        </Button>
      </div>
    </li>
  );
}

/** What runs now, wherever one is; absent when nothing does. */
export function RunIndicator() {
  const { t } = useTranslation();
  const running = (useQuery(operationsQuery).data?.items ?? []).filter(isActive);
  const [first] = running;
  if (!first) return null;
  return (
    <Popover.Root>
      <Popover.Trigger className="flex min-h-9 min-w-0 items-center gap-2 rounded-md border border-accent px-2.5 max-sm:shrink-0 text-accent hover:bg-accent-soft">
        <LoaderCircle size={16} aria-hidden className="shrink-0 animate-spin" />
        <span className="min-w-0 truncate font-medium max-sm:sr-only">
          {running.length === 1
            ? kindWords(first.kind)
            : t("operation.running", { count: running.length })}
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="z-50">
          <Popover.Popup className="w-80 max-w-[calc(100vw-2rem)] rounded-lg border border-line bg-surface p-4 text-ink shadow-float">
            <Popover.Title className="sr-only">
              {t("operation.running", { count: running.length })}
            </Popover.Title>
            <ul className="flex flex-col gap-5">
              {running.map((operation) => (
                <Running key={operation.id} operation={operation} />
              ))}
            </ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
