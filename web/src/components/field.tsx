import { Field as Base } from "@base-ui/react/field";
import type { ComponentProps, ReactNode } from "react";

export const INPUT =
  "min-h-8 w-full rounded-md border border-line-strong bg-surface px-2.5 text-ink placeholder:text-ink-3 max-md:min-h-10";

interface TextFieldProps extends Omit<ComponentProps<typeof Base.Control>, "className" | "about"> {
  label: ReactNode;
  about?: ReactNode;
  problem?: string | null;
  mono?: boolean;
}

/** A labelled line of text, with what is wrong with it tied to it. */
export function TextField({ label, about, problem, mono, ...rest }: TextFieldProps) {
  return (
    <Base.Root invalid={Boolean(problem)} className="flex flex-col gap-1.5">
      <Base.Label className="font-medium">{label}</Base.Label>
      <Base.Control
        autoComplete="off"
        spellCheck={false}
        {...rest}
        className={`${INPUT} ${mono ? "font-mono" : ""}`}
      />
      {about && <Base.Description className="text-sm text-ink-2">{about}</Base.Description>}
      {problem && (
        <Base.Error match className="text-sm font-medium text-del">
          {problem}
        </Base.Error>
      )}
    </Base.Root>
  );
}

interface CheckFieldProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

export function CheckField({ checked, onChange, children }: CheckFieldProps) {
  return (
    <label className="flex cursor-pointer items-start gap-2.5">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-accent max-md:size-6"
      />
      <span className="min-w-0">{children}</span>
    </label>
  );
}
