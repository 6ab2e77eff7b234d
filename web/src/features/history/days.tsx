import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import type { Operation } from "@/api/types";
import { OperationBadge } from "@/components/badges";
import { kindWords } from "@/components/operation/words";
import { useEnvironment } from "@/lib/environment";
import { useFormat } from "@/lib/use-format";
import { outcomeWords } from "./outcome-words";

/** The local day of a moment, as a key: operations near midnight belong to the reader's day. */
function dayOf(iso: string): string {
  return new Date(iso).toDateString();
}

function byDay(operations: readonly Operation[]): [day: string, operations: Operation[]][] {
  const days = new Map<string, Operation[]>();
  for (const operation of operations) {
    const day = dayOf(operation.created_at);
    days.set(day, [...(days.get(day) ?? []), operation]);
  }
  return [...days];
}

function Row({ operation }: { operation: Operation }) {
  const format = useFormat();
  const environment = useEnvironment().name;
  const { started_at: started, finished_at: finished } = operation;
  const took = started && finished ? Date.parse(finished) - Date.parse(started) : null;
  return (
    <li className="border-t border-line first:border-t-0">
      <Link
        to="/$environment/operations/$operation"
        params={{ environment, operation: operation.id }}
        className="grid min-h-13 items-center gap-x-4 px-4 py-2 text-ink no-underline hover:bg-sunken max-md:grid-cols-[1fr_auto] md:grid-cols-[5.5rem_9.5rem_minmax(0,1fr)_auto_1rem]"
      >
        <time dateTime={operation.created_at} className="figures text-ink-2 max-md:order-2">
          {format.clock(operation.created_at)}
        </time>
        <span className="max-md:order-3 max-md:text-sm">
          <OperationBadge state={operation.state} />
        </span>
        <span className="min-w-0 max-md:order-1">
          <span className="block font-medium">{kindWords(operation.kind)}</span>
          <span className="block truncate text-sm text-ink-2">{outcomeWords(operation)}</span>
        </span>
        <span className="figures text-right text-sm text-ink-2 max-md:order-4">
          <span className="block">{took !== null && format.duration(took)}</span>
          <span className="block text-ink-3 max-md:hidden">{operation.actor}</span>
        </span>
        <ChevronRight size={16} aria-hidden className="text-ink-3 max-md:hidden" />
      </Link>
    </li>
  );
}

/** Operations under the days on which they were asked for. */
export function Days({ operations }: { operations: readonly Operation[] }) {
  const format = useFormat();
  return byDay(operations).map(([day, ofDay]) => (
    <section key={day} className="flex flex-col gap-2">
      <h2 className="text-sm font-semibold text-ink-2 first-letter:uppercase">
        {format.day(ofDay[0]?.created_at ?? day)}
      </h2>
      <ul className="overflow-hidden rounded-lg border border-line bg-surface">
        {ofDay.map((operation) => (
          <Row key={operation.id} operation={operation} />
        ))}
      </ul>
    </section>
  ));
}
