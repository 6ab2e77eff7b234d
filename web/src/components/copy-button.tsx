import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button";

const SHOWN_MS = 2_000;

interface CopyButtonProps {
  text: string;
  /** What is copied, for those who do not see it: "the name". */
  label: string;
  compact?: boolean;
}

export function CopyButton({ text, label, compact = false }: CopyButtonProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
  };
  const Icon = copied ? Check : Copy;
  return (
    <Button
      look="quiet"
      small
      aria-label={copied ? t("copy.done") : label}
      title={label}
      onClick={() => void copy()}
      icon={<Icon size={14} aria-hidden />}
    >
      {compact ? null : t(copied ? "copy.done" : "copy.copy")}
    </Button>
  );
}
