import { useEffect } from "react";
import type { Preferences } from "@/api/types";

type Theme = Preferences["theme"];

const DARK = "(prefers-color-scheme: dark)";

export function applyTheme(theme: Theme): void {
  const dark = theme === "dark" || (theme === "system" && window.matchMedia(DARK).matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}

/** Wear the theme, and follow the system while the choice is left to it. */
export function useTheme(theme: Theme): void {
  useEffect(() => {
    applyTheme(theme);
    const system = window.matchMedia(DARK);
    const changed = () => applyTheme(theme);
    system.addEventListener("change", changed);
    return () => system.removeEventListener("change", changed);
  }, [theme]);
}
