import { expect, test } from "vitest";
import type { Operation } from "@/api/types";
import { fractionOf, stagesOf } from "./stages";

function running(kind: string, code: string, over: object = {}): Operation {
  const step = { code, params: {} };
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

test("a restore tells the stages of the way that it goes", () => {
  const stages = (over: object) =>
    stagesOf(running("restore", "load", over)).map(({ code }) => code);
  expect(stages({ way: "in_place" })).toContain("clear");
  expect(stages({ way: "swap" })).toContain("create_database");
  expect(stages({ way: "tables" })).toEqual(["check_file", "load", "compare"]);
  expect(stages({ way: "neon" })).toEqual(["ask_neon", "look"]);
});

test("the checksum of the file comes before the backup of the present state", () => {
  const active = (steps_done: number) =>
    stagesOf(running("restore", "hash", { way: "swap", steps_done })).find(
      ({ state }) => state === "active",
    )?.code;
  expect([active(0), active(1)]).toEqual(["check_file", "safety_backup"]);
});
