import { ShieldAlert, ShieldCheck } from "lucide-react";
import type { ReactNode } from "react";

interface VerdictProps {
  good: boolean;
  title: string;
  children?: ReactNode;
}

/** The outcome of a proof, before all its figures. */
export function Verdict({ good, title, children }: VerdictProps) {
  const Icon = good ? ShieldCheck : ShieldAlert;
  return (
    <div
      className={`flex gap-3 rounded-lg border p-4 ${good ? "border-ok bg-ok-soft" : "border-warn bg-warn-soft"}`}
    >
      <Icon size={22} aria-hidden className={`shrink-0 ${good ? "text-ok" : "text-warn"}`} />
      <div className="min-w-0">
        <p className="text-lg font-semibold">{title}</p>
        {children && <div className="text-ink-2">{children}</div>}
      </div>
    </div>
  );
}
