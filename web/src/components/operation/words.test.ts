import { expect, test } from "vitest";
import type { Operation } from "@/api/types";
import { fractionOf, logWords, stagesOf, stepWords } from "./words";

function running(kind: string, code: string, over: object = {}): Operation {
  const step = { code, params: { name: "add_orders" } };
  const progress = { step, steps_done: 1, steps_total: null, done: null, total: null, unit: null };
  return { kind, state: "running", progress: { ...progress, ...over } } as unknown as Operation;
}

test("the steps of a backup inside an apply are one stage of it", () => {
  const states = stagesOf(running("apply", "dump")).map(({ state }) => state);
  expect(states).toEqual(["done", "active", "waiting", "waiting"]);
});

test("a kind that is not known has no stages and no known end", () => {
  expect(stagesOf(running("brand_new", "step"))).toEqual([]);
  expect(fractionOf(running("brand_new", "step"))).toBeNull();
});

test("what is done within a stage moves the bar", () => {
  expect(fractionOf(running("dry_run", "rehearse"))).toBeCloseTo(0.4);
  expect(fractionOf(running("dry_run", "rehearse", { done: 1, total: 2 }))).toBeCloseTo(0.5);
});

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
