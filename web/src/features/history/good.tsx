import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";

/** It went well: said large, with the next thing to do. */
export function Good({
  title,
  action,
  children,
}: {
  title: string;
  action?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <section className="flex flex-wrap items-start justify-between gap-4 rounded-lg border border-ok bg-ok-soft p-4">
      <div className="flex min-w-0 flex-1 basis-64 gap-3">
        <CircleCheck size={22} aria-hidden className="shrink-0 text-ok" />
        <div className="min-w-0">
          <p className="text-lg font-semibold">{title}</p>
          {children}
        </div>
      </div>
      {action}
    </section>
  );
}
