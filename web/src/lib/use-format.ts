import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import * as format from "./format";
import type { Language } from "./i18n";

export function useLanguage(): Language {
  return useTranslation().i18n.language as Language;
}

/** The formats of `format.ts`, bound to the language on the screen. */
export function useFormat() {
  const language = useLanguage();
  return {
    language,
    count: format.formatCount,
    bytes: (value: number) => format.formatBytes(value, language),
    duration: (ms: number) => format.formatDuration(ms, language),
    absolute: (iso: string) => format.formatAbsolute(iso, language),
    clock: (iso: string) => format.formatClock(iso, language),
    day: (iso: string) => format.formatDay(iso, language),
  };
}

const TICK_MS = 15_000;

/** The present moment, renewed every *tick* milliseconds; often enough for "3 minutes ago". */
export function useNow(tick = TICK_MS): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tick);
    return () => clearInterval(timer);
  }, [tick]);
  return now;
}
