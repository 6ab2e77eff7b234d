import { expect, test } from "vitest";
import type { Operation } from "@/api/types";
import { waitOf } from "./wait";

const at = (params: object) =>
  ({ progress: { step: { code: "migrate", params } } }) as unknown as Operation;

test("an operation that nobody blocks does not wait", () => {
  expect(waitOf(at({ version: "1", name: "a" }))).toBeNull();
  expect(waitOf({ progress: null } as unknown as Operation)).toBeNull();
});

test("who blocks and who queues behind is told", () => {
  const wait = waitOf(
    at({ blocked_by: 42, blocker: "ana@local", blocker_query: "select 1", queue: 3 }),
  );
  expect(wait).toMatchObject({ pid: 42, user: "ana@local", query: "select 1", queue: 3, tries: 0 });
});

test("between two tries it waits for nobody in particular", () => {
  expect(waitOf(at({ tries: 2, seconds_left: 41 }))).toMatchObject({
    pid: null,
    tries: 2,
    secondsLeft: 41,
  });
});
