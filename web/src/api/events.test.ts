import { afterEach, expect, test, vi } from "vitest";
import { follow, readEvents } from "./events";
import type { Operation } from "./types";

afterEach(() => vi.useRealTimers());

function operation(state: Operation["state"], finished: string | null): Operation {
  return { id: "op_1", state, finished_at: finished } as Operation;
}

function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function streams(...texts: string[]): () => Promise<Response> {
  const left = [...texts];
  return async () => new Response(left.shift() ?? null, { status: left.length < 0 ? 500 : 200 });
}

test("events are cut at empty lines, and what is unfinished waits", () => {
  const { events, rest } = readEvents('event: log\ndata: {"a":1}\n\n: alive\n\nevent: op');

  expect(events).toEqual([{ name: "log", data: '{"a":1}' }]);
  expect(rest).toBe("event: op");
});

test("an operation is followed to its end", async () => {
  const text =
    event("operation", operation("running", null)) +
    event("log", { at: "now", message: "one" }) +
    event("operation", operation("succeeded", "now"));
  vi.stubGlobal("fetch", streams(text));
  const states: string[] = [];
  const lines: number[] = [];

  await follow(
    "op_1",
    { operation: (one) => states.push(one.state), log: (log) => lines.push(log.length) },
    new AbortController().signal,
  );

  expect(states).toEqual(["running", "succeeded"]);
  expect(lines).toEqual([1]);
});

test("a stream that breaks is taken up again", async () => {
  vi.useFakeTimers();
  const states: string[] = [];
  vi.stubGlobal(
    "fetch",
    streams(
      event("operation", operation("running", null)),
      event("operation", operation("failed", "now")),
    ),
  );

  const done = follow(
    "op_1",
    { operation: (one) => states.push(one.state), log: () => undefined },
    new AbortController().signal,
  );
  await vi.advanceTimersByTimeAsync(1_000);
  await done;

  expect(states).toEqual(["running", "failed"]);
});
