import { useSyncExternalStore } from "react";
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
let now = Date.now();

function subscribe(changed: () => void): () => void {
  const timer = setInterval(() => {
    now = Date.now();
    changed();
  }, TICK_MS);
  return () => clearInterval(timer);
}

/** The present moment, renewed often enough for "3 minutes ago". */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
