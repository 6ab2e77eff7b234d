import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";

export type Look = "primary" | "plain" | "quiet" | "class" | "danger";

const LOOKS: Record<Look, string> = {
  primary: "border-accent bg-accent text-on-accent enabled:hover:bg-accent-hover",
  plain: "border-line-strong bg-surface text-ink enabled:hover:bg-sunken",
  quiet:
    "border-transparent bg-transparent text-ink-2 enabled:hover:bg-sunken enabled:hover:text-ink",
  // What changes the database wears the colour of its environment.
  class: "border-class bg-class text-on-class enabled:hover:brightness-90",
  danger: "border-del bg-surface text-del enabled:hover:bg-del-soft",
};

const DISABLED =
  "disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-ink-3";

export function buttonClass(look: Look = "plain", small = false): string {
  return clsx(
    "inline-flex items-center justify-center gap-1.5 rounded-md border font-medium transition-colors",
    "select-none whitespace-nowrap no-underline",
    small ? "min-h-7 px-2 text-sm" : "min-h-8 px-3 max-md:min-h-10",
    LOOKS[look],
    DISABLED,
  );
}

interface ButtonProps extends ComponentProps<"button"> {
  look?: Look;
  small?: boolean;
  icon?: ReactNode;
}

export function Button({ look, small, icon, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={clsx(buttonClass(look, small), className)}>
      {icon}
      {children}
    </button>
  );
}
