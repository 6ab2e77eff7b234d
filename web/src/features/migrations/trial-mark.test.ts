import { expect, test } from "vitest";
import type { Diagnostic, Tried } from "@/api/types";
import { errorMark } from "./trial-mark";

const failed = { error: { line: 3, column: 5, message: "no such table" } } as unknown as Tried;

test("the first error is marked to the end of its line", () => {
  expect(errorMark(failed, [])).toMatchObject({
    line: 3,
    column: 5,
    end_line: 3,
    gravity: "error",
  });
  expect(errorMark({ error: null } as unknown as Tried, [])).toBeNull();
  expect(errorMark(null, [])).toBeNull();
});

test("an error of the text itself is not marked twice", () => {
  const known = { severity: "error", line: 3 } as Diagnostic;
  expect(errorMark(failed, [known])).toBeNull();
  expect(errorMark(failed, [{ ...known, severity: "risk" }])).not.toBeNull();
});
