import clsx from "clsx";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const TONES = {
  info: { icon: Info, frame: "border-line bg-surface", mark: "text-accent" },
  warn: { icon: TriangleAlert, frame: "border-warn bg-warn-soft", mark: "text-warn" },
  bad: { icon: CircleAlert, frame: "border-del bg-del-soft", mark: "text-del" },
} as const;

interface NoticeProps {
  tone?: keyof typeof TONES;
  title?: string;
  action?: ReactNode;
  children?: ReactNode;
}

/** A box for what should not be overlooked. */
export function Notice({ tone = "info", title, action, children }: NoticeProps) {
  const { icon: Icon, frame, mark } = TONES[tone];
  return (
    <div
      className={clsx("flex flex-wrap items-start gap-x-4 gap-y-2 rounded-lg border p-3", frame)}
    >
      <div className="flex min-w-0 flex-1 basis-64 gap-2.5">
        <Icon size={18} aria-hidden className={clsx("mt-px shrink-0", mark)} />
        <div className="min-w-0">
          {title && <p className="font-semibold">{title}</p>}
          {children && <div className="text-ink-2">{children}</div>}
        </div>
      </div>
      {action}
    </div>
  );
}
