import { Text } from "@codemirror/state";
import { expect, test } from "vitest";
import { gravestByLine, type Mark, offsetOf, rangeOf } from "./diagnostics";

const doc = Text.of(["select 1;", "drop table 😀, t;", ""]);

function mark(over: Partial<Mark>): Mark {
  return { line: 1, column: 1, end_line: 1, end_column: 1, gravity: "low", message: "", ...over };
}

test("columns count characters, also where the editor counts two units", () => {
  const { text, from } = doc.line(2);
  expect(offsetOf(doc, 2, 15) - from).toBe(text.indexOf("t;"));
});

test("a place beyond the text is kept inside of it", () => {
  expect(offsetOf(doc, 99, 1)).toBe(doc.length);
  expect(offsetOf(doc, 1, 99)).toBe(9);
  expect(offsetOf(doc, 0, 0)).toBe(0);
});

test("an empty place is widened so that it can be seen", () => {
  expect(rangeOf(doc, mark({ column: 4, end_column: 4 }))).toEqual({ from: 3, to: 4 });
  const end = rangeOf(doc, mark({ line: 3, end_line: 3 }));
  expect(end.to - end.from).toBe(1);
});

test("a line is marked with the gravest of what is wrong in it", () => {
  const found = gravestByLine([
    mark({ gravity: "medium" }),
    mark({ gravity: "critical" }),
    mark({ gravity: "high" }),
    mark({ line: 2, gravity: "critical" }),
    mark({ line: 2, gravity: "error" }),
  ]);

  expect(found.get(1)?.gravity).toBe("critical");
  expect(found.get(2)?.gravity).toBe("error");
});
