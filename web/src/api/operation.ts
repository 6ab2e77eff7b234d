import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { follow, type LogLine } from "./events";
import { isActive, operationQuery, operationsQuery } from "./queries";

const POLL_MS = 3_000;

/** An operation as it goes on, with its log; streamed, and polled in case the stream is cut. */
export function useOperation(id: string) {
  const client = useQueryClient();
  const query = useQuery({
    ...operationQuery(id),
    refetchInterval: ({ state }) => (state.data && isActive(state.data) ? POLL_MS : false),
  });
  const log = useQuery<LogLine[]>({
    queryKey: ["operation", id, "log"],
    queryFn: () => [],
    enabled: false,
    initialData: [],
  });
  useEffect(() => {
    const stop = new AbortController();
    const heard = follow(
      id,
      {
        operation: (operation) => {
          client.setQueryData(["operation", id], operation);
          if (!isActive(operation)) {
            void client.invalidateQueries({ queryKey: operationsQuery.queryKey });
          }
        },
        log: (lines) => client.setQueryData(["operation", id, "log"], lines),
      },
      stop.signal,
    );
    void heard;
    return () => stop.abort();
  }, [client, id]);
  return { query, operation: query.data, log: log.data };
}
