import clsx from "clsx";
import type { ReactNode } from "react";
import { useId } from "react";

interface CardProps {
  title?: string;
  aside?: ReactNode;
  className?: string;
  flush?: boolean;
  children: ReactNode;
}

/** A surface with a title; *flush* lets its content reach the edges. */
export function Card({ title, aside, className, flush = false, children }: CardProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className={clsx("min-w-0 rounded-lg border border-line bg-surface", className)}
    >
      {title && (
        <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 pt-2">
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          {aside}
        </header>
      )}
      <div className={clsx(!flush && "p-4", !flush && title && "pt-2")}>{children}</div>
    </section>
  );
}

interface PageHeaderProps {
  title: ReactNode;
  about?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, about, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="flex min-w-0 flex-col gap-1">
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        {about && <div className="text-ink-2">{about}</div>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </header>
  );
}

/** A page for reading: it stops growing where lines become too long to read. */
export function Page({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  return (
    <div
      className={clsx(
        "mx-auto flex w-full flex-col gap-5 p-4 md:p-6",
        wide ? "max-w-[1600px]" : "max-w-[1280px]",
      )}
    >
      {children}
    </div>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-ink-3">{name}</dt>
      <dd className="mt-0.5 break-words font-medium">{children}</dd>
    </div>
  );
}
