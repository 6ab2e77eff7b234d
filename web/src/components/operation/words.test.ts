import { expect, test } from "vitest";
import type { Operation } from "@/api/types";
import { logWords, stepWords } from "./words";

function running(kind: string, code: string, over: object = {}): Operation {
  const step = { code, params: { name: "add_orders" } };
  const progress = { step, steps_done: 1, steps_total: null, done: null, total: null, unit: null };
  return { kind, state: "running", progress: { ...progress, ...over } } as unknown as Operation;
}

test("a step names what it is about", () => {
  expect(stepWords(running("apply", "migrate"))).toBe("Run the migrations: add_orders");
});

test("a line of the log with a code is told in the user's words, another as it came", () => {
  const line = { at: "2026-11-22T12:00:00Z", message: "english" };
  const params = { index: "public.i" };
  expect(logWords({ ...line, code: "dropped_invalid", params })).toContain("public.i");
  expect(logWords({ ...line, code: "brand_new", params })).toBe("english");
  expect(logWords(line)).toBe("english");
});
