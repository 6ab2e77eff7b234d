import { expect, test } from "vitest";
import * as format from "./format";

const NARROW = "\u202f";

test("counts are grouped by a narrow space in every language", () => {
  expect(format.formatCount(18_204)).toBe(`18${NARROW}204`);
  expect(format.formatCount(1_000_000)).toBe(`1${NARROW}000${NARROW}000`);
  expect(format.formatCount(999)).toBe("999");
  expect(format.formatCount(-1_500)).toBe(`−1${NARROW}500`);
});

test("sizes are those of PostgreSQL, in units of 1024", () => {
  expect(format.formatBytes(0, "en")).toBe(`0${NARROW}B`);
  expect(format.formatBytes(1_536, "en")).toBe(`1.5${NARROW}kB`);
  expect(format.formatBytes(1_536, "es")).toBe(`1,5${NARROW}kB`);
  expect(format.formatBytes(482 * 1024 * 1024, "es")).toBe(`482${NARROW}MB`);
});

test("durations are as long as they need to be", () => {
  expect(format.formatDuration(0.55, "es")).toBe(`0,6${NARROW}ms`);
  expect(format.formatDuration(850, "en")).toBe(`850${NARROW}ms`);
  expect(format.formatDuration(1_400, "es")).toBe(`1,4${NARROW}s`);
  expect(format.formatDuration(125_000, "en")).toBe(`2${NARROW}min 5${NARROW}s`);
  expect(format.formatDuration(7_260_000, "en")).toBe(`2${NARROW}h 1${NARROW}min`);
});

test("times are said relative to now", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");

  expect(format.formatRelative("2026-11-22T11:59:50Z", now, "en")).toBe("now");
  expect(format.formatRelative("2026-11-22T11:57:00Z", now, "es")).toBe("hace 3 minutos");
  expect(format.formatRelative("2026-11-21T12:00:00Z", now, "en")).toBe("yesterday");
  expect(format.formatRelative("2025-11-22T12:00:00Z", now, "es")).toBe("el año pasado");
});

test("the exact time can be had in UTC", () => {
  expect(format.formatUtc("2026-11-22T12:00:00.123+02:00")).toBe("2026-11-22 10:00:00 UTC");
});
