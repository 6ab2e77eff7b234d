import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/api/problem";

/** Only silence is worth asking again for; an answer that says no will say it again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => error instanceof ApiError && error.unreachable && failures < 2,
      retryDelay: (attempt) => 500 * 2 ** attempt,
      staleTime: 5_000,
      // Vado answers on this machine; the browser's opinion of the network does not matter.
      networkMode: "always",
    },
    mutations: { retry: false, networkMode: "always" },
  },
});
