import clsx from "clsx";
import { CodeXml, FlaskConical, Lock, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Environment } from "@/api/types";

export const CLASS_ICONS: Record<Environment["class"], LucideIcon> = {
  development: CodeXml,
  staging: FlaskConical,
  production: Lock,
};

/** The class of an environment as a filled chip; it brings its own colour with it. */
export function ClassBadge({ of, className }: { of: Environment["class"]; className?: string }) {
  const { t } = useTranslation();
  const Icon = CLASS_ICONS[of];
  return (
    <span
      data-class={of}
      className={clsx(
        "inline-flex items-center gap-1 rounded-sm bg-class px-1.5 py-px text-xs font-semibold text-on-class whitespace-nowrap",
        className,
      )}
    >
      <Icon size={12} aria-hidden />
      {t(`class.${of}`)}
    </span>
  );
}
