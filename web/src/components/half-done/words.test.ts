import { beforeEach, expect, test } from "vitest";
import { isKnown } from "@/api/preview";
import type { HalfDone, HalfDoneStep, Offer } from "@/api/types";
import { setLanguage } from "@/lib/i18n";
import { offerAbout, offerTitle, progressWords, stepLook, withoutPlace } from "./words";

const half = (direction: HalfDone["direction"]) =>
  ({ direction, statements_done: 2, statements_total: 4, steps: [] }) as unknown as HalfDone;
const offer = (over: Partial<Offer>): Offer => ({
  action: "resume",
  available: true,
  code: null,
  message: null,
  command: "vado apply",
  path: "/api/migrations/dry-run",
  body: {},
  ...over,
});

beforeEach(() => setLanguage("en"));

test("how far it is, is told of the way that it went", () => {
  expect(progressWords(half("up"))).toBe("2 of 4 statements are done.");
  expect(progressWords(half("down"))).toBe("2 of 4 statements of the way back are done.");
});

test("going on with an undo is not called resuming the migration", () => {
  expect(offerTitle(offer({}), half("up"))).toBe("Resume");
  expect(offerTitle(offer({}), half("down"))).toBe("Go on undoing");
});

test("an offer that is not to be had says why", () => {
  const closed = offer({ action: "undo_down", available: false, code: "no_down" });
  expect(offerAbout(closed, half("up"))).toBe("Not possible: the file has no down section.");
  const unknown = offer({ available: false, code: "brand_new", message: "not now" });
  expect(offerAbout(unknown, half("up"))).toBe("not now");
});

test("only offers that lead to a plan are taken", () => {
  expect(isKnown(offer({}))).toBe(true);
  expect(isKnown(offer({ path: "/api/backups/restore" }))).toBe(false);
});

test("a statement that the server is still at work on is neither done nor failed", () => {
  const step = { state: "started", running_pid: 7 } as HalfDoneStep;
  expect(stepLook(step)).toBe("running");
  expect(stepLook({ ...step, running_pid: null })).toBe("started");
});

test("the place of an error is not said twice", () => {
  expect(withoutPlace("1_a.sql:4:1: it broke")).toBe("it broke");
  expect(withoutPlace("it broke at 4:1: here")).toBe("it broke at 4:1: here");
});
