import type { ReactNode, RefObject } from "react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button";
import { CopyButton } from "./copy-button";
import { Dialog } from "./dialog";
import { TextField } from "./field";
import { ErrorState } from "./states";

interface TypedWordProps {
  field?: RefObject<HTMLInputElement | null>;
  word: string;
  typed: string;
  onChange: (typed: string) => void;
}

/** Whether what was typed or pasted is the word; blanks around it do not count. */
export function isTyped(typed: string, word: string): boolean {
  return typed.trim() === word;
}

/** The deliberate act: the name of what is at stake, typed or pasted. */
export function TypedWord({ word, typed, onChange, field }: TypedWordProps) {
  const { t } = useTranslation();
  const wrong = typed.trim() !== "" && !word.startsWith(typed.trim());
  return (
    <TextField
      mono
      {...(field && { ref: field })}
      label={
        <span className="flex flex-wrap items-center gap-x-1.5">
          {t("confirm.type")}
          <code className="rounded-sm bg-sunken px-1.5 py-0.5 font-mono font-semibold">{word}</code>
          <CopyButton compact text={word} label={t("confirm.copy_word")} />
        </span>
      }
      aria-label={t("confirm.type_word", { word })}
      value={typed}
      onValueChange={onChange}
      problem={wrong ? t("confirm.differs") : null}
    />
  );
}

interface ConfirmDestructiveProps {
  open: boolean;
  onClose: () => void;
  title: string;
  about: string;
  /** What has to be typed; null where a click is enough. */
  word: string | null;
  action: string;
  busy: boolean;
  error: unknown;
  onConfirm: (typed: string) => void;
  children?: ReactNode;
}

/** Asks before something is lost: it names the object, says what happens, and wants a clear yes. */
export function ConfirmDestructive(props: ConfirmDestructiveProps) {
  const { open, word, action, busy, error, onConfirm, onClose, children } = props;
  const [typed, setTyped] = useState("");
  // Not on the button beside the word: who is asked to type begins where that is done.
  const field = useRef<HTMLInputElement>(null);
  const ready = !busy && (word === null || isTyped(typed, word));
  const close = () => {
    setTyped("");
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title={props.title}
      about={props.about}
      classed
      {...(word !== null && { first: field })}
      onSubmit={() => ready && onConfirm(typed.trim())}
      actions={
        <Button type="submit" look="class" disabled={!ready}>
          {action}
        </Button>
      }
    >
      {children}
      {word !== null && <TypedWord field={field} word={word} typed={typed} onChange={setTyped} />}
      {error ? <ErrorState error={error} /> : null}
    </Dialog>
  );
}
