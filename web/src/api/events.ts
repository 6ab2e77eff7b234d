import { authorization } from "./client";
import type { Operation } from "./types";

export interface LogLine {
  at: string;
  message: string;
  /** What it says as a code, for the user's own language; older lines have none. */
  code?: string | null;
  params?: Record<string, unknown>;
}

interface Hearing {
  operation: (operation: Operation) => void;
  log: (lines: LogLine[]) => void;
}

interface ServerEvent {
  name: string;
  data: string;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

/** Cut a stream of text into its events; what is cut off in the middle waits for the rest. */
export function readEvents(buffer: string): { events: ServerEvent[]; rest: string } {
  const blocks = buffer.replaceAll("\r\n", "\n").split("\n\n");
  const rest = blocks.pop() ?? "";
  const events = blocks.map((block) => {
    const fields = block.split("\n").map((line) => /^(\w+): ?(.*)$/.exec(line));
    const all = (name: string) => fields.filter((f) => f?.[1] === name).map((f) => f?.[2] ?? "");
    return { name: all("event")[0] ?? "message", data: all("data").join("\n") };
  });
  return { events: events.filter((event) => event.data !== ""), rest };
}

/** Follow an operation until it ended; a broken stream is taken up again, later each time. */
export async function follow(id: string, hearing: Hearing, signal: AbortSignal): Promise<void> {
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    try {
      if (await listen(id, hearing, signal)) return;
      pause = FIRST_PAUSE_MS;
    } catch {
      // The stream broke or was refused; what the page shows meanwhile comes from polling.
    }
    await sleep(pause, signal);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

async function listen(id: string, hearing: Hearing, signal: AbortSignal): Promise<boolean> {
  const response = await fetch(`/api/operations/${encodeURIComponent(id)}/events`, {
    headers: { ...authorization(), Accept: "text/event-stream" },
    signal,
  });
  if (response.status === 404) return true;
  if (!response.ok || response.body === null) throw new Error(`the answer was ${response.status}`);
  return read(response.body, hearing);
}

async function read(body: ReadableStream<Uint8Array>, hearing: Hearing): Promise<boolean> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  // The stream tells the log from its beginning each time.
  const lines: LogLine[] = [];
  let buffer = "";
  let ended = false;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return ended;
    const { events, rest } = readEvents(buffer + decoder.decode(value, { stream: true }));
    buffer = rest;
    for (const event of events) {
      if (event.name === "log") {
        lines.push(JSON.parse(event.data) as LogLine);
        hearing.log([...lines]);
      } else if (event.name === "operation") {
        const operation = JSON.parse(event.data) as Operation;
        ended = operation.finished_at !== null;
        hearing.operation(operation);
      }
    }
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
