import { Toast } from "@base-ui/react/toast";
import clsx from "clsx";
import { Ban, CircleCheck, CircleX, Info, X } from "lucide-react";
import { useTranslation } from "react-i18next";

export type ToastKind = "began" | "succeeded" | "failed" | "cancelled";

const LOOKS = {
  began: { icon: Info, ink: "text-accent" },
  succeeded: { icon: CircleCheck, ink: "text-ok" },
  failed: { icon: CircleX, ink: "text-del" },
  cancelled: { icon: Ban, ink: "text-ink-2" },
} as const;

/** The corner in which notices appear; F6 reaches it, and it waits while one reads. */
export function Toasts() {
  const { t } = useTranslation();
  const { toasts } = Toast.useToastManager();
  return (
    <Toast.Portal>
      <Toast.Viewport
        aria-label={t("toast.region")}
        className="fixed right-4 bottom-4 z-60 flex w-88 max-w-[calc(100vw-2rem)] flex-col gap-2 max-md:bottom-18"
      >
        {toasts.map((toast) => {
          const look = LOOKS[(toast.type as ToastKind | undefined) ?? "began"];
          const Icon = look.icon;
          return (
            <Toast.Root
              key={toast.id}
              toast={toast}
              className="rounded-lg border border-line bg-surface p-3 text-ink shadow-float transition-[opacity,transform] duration-200 data-[ending-style]:opacity-0 data-[limited]:hidden data-[starting-style]:translate-y-2 data-[starting-style]:opacity-0"
            >
              <Toast.Content className="flex items-start gap-3">
                <Icon size={18} aria-hidden className={clsx("mt-px shrink-0", look.ink)} />
                <div className="min-w-0 flex-1">
                  <Toast.Title className="font-semibold" />
                  <Toast.Description className="text-sm text-ink-2 wrap-anywhere" />
                  <Toast.Action className="mt-1.5 text-sm font-semibold text-accent underline underline-offset-2" />
                </div>
                <Toast.Close
                  aria-label={t("toast.close")}
                  className="grid size-6 shrink-0 place-items-center rounded-md text-ink-2 hover:bg-sunken hover:text-ink"
                >
                  <X size={15} aria-hidden />
                </Toast.Close>
              </Toast.Content>
            </Toast.Root>
          );
        })}
      </Toast.Viewport>
    </Toast.Portal>
  );
}
