import { Toast } from "@base-ui/react/toast";
import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { ApiError } from "@/api/problem";
import { environmentsQuery, usePreferences } from "@/api/queries";
import { setLanguage } from "@/lib/i18n";
import { Locked } from "./locked";
import { queryClient } from "./query-client";
import { router } from "./router";
import { useTheme } from "./theme";
import { Toasts } from "./toasts";

function Preferred() {
  const { preferences } = usePreferences();
  const { error } = useQuery(environmentsQuery);
  useTheme(preferences.theme);
  useEffect(() => {
    if (preferences.language) setLanguage(preferences.language);
  }, [preferences.language]);
  if (error instanceof ApiError && error.status === 401) return <Locked />;
  return (
    <>
      <RouterProvider router={router} />
      <Toasts />
    </>
  );
}

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Toast.Provider limit={4}>
        <Preferred />
      </Toast.Provider>
    </QueryClientProvider>
  );
}
