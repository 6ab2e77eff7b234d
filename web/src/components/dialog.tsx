import { AlertDialog } from "@base-ui/react/alert-dialog";
import clsx from "clsx";
import type { ReactNode, RefObject } from "react";
import { useTranslation } from "react-i18next";
import { buttonClass } from "./button";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** One sentence under the title. */
  about?: ReactNode;
  wide?: boolean;
  /** Wears the colour of the environment on its upper edge. */
  classed?: boolean;
  actions: ReactNode;
  /** Where the keyboard begins; otherwise on what comes first. */
  first?: RefObject<HTMLElement | null>;
  onSubmit?: () => void;
  children?: ReactNode;
}

/** A question that has to be answered; Escape and Cancel mean no. */
export function Dialog({
  open,
  onClose,
  title,
  about,
  wide = false,
  classed = false,
  actions,
  first,
  onSubmit,
  children,
}: DialogProps) {
  const { t } = useTranslation();
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 bg-[#0b0f14]/60" />
        <AlertDialog.Popup
          {...(first && { initialFocus: first })}
          className={clsx(
            "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2",
            "flex-col overflow-hidden rounded-lg border border-line bg-surface text-ink shadow-float",
            wide ? "max-w-2xl" : "max-w-lg",
            classed && "border-t-4 border-t-class",
          )}
        >
          <form
            className="flex min-h-0 flex-col"
            onSubmit={(event) => {
              event.preventDefault();
              onSubmit?.();
            }}
          >
            <div className="px-5 pt-5 pb-1">
              <AlertDialog.Title className="text-lg font-semibold wrap-anywhere">
                {title}
              </AlertDialog.Title>
              {about && (
                <AlertDialog.Description className="mt-1 text-ink-2">
                  {about}
                </AlertDialog.Description>
              )}
            </div>
            <div className="flex min-h-0 flex-col gap-4 overflow-y-auto px-5 py-3">{children}</div>
            <footer className="flex flex-wrap justify-end gap-2 border-t border-line bg-canvas px-5 py-3">
              <AlertDialog.Close className={buttonClass()}>{t("cancel")}</AlertDialog.Close>
              {actions}
            </footer>
          </form>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
