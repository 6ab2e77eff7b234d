import { KeyRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "@/components/states";

/** The key of this page is that of another launch, or it never had one. */
export function Locked() {
  const { t } = useTranslation();
  return (
    <main className="grid h-dvh place-items-center bg-canvas">
      <EmptyState icon={<KeyRound size={32} aria-hidden />} title={t("locked.title")}>
        {t("locked.hint")}
      </EmptyState>
    </main>
  );
}
