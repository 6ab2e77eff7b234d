import "@/app/theme.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { preferencesQuery } from "@/api/queries";
import { App } from "@/app/app";
import { queryClient } from "@/app/query-client";
import { applyTheme } from "@/app/theme";
import { browserLanguage, setLanguage } from "@/lib/i18n";

const LONGEST_WAIT_MS = 1_500;

/** Know language and theme before anything is drawn, so that neither changes before one's eyes. */
async function prepare(): Promise<void> {
  const late = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS));
  await Promise.race([queryClient.prefetchQuery(preferencesQuery), late]);
  const preferences = queryClient.getQueryData(preferencesQuery.queryKey);
  applyTheme(preferences?.theme ?? "system");
  setLanguage(preferences?.language ?? browserLanguage());
}

const host = document.getElementById("root");
if (host) {
  await prepare();
  createRoot(host).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
