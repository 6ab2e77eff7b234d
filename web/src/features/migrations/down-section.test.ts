import { expect, test } from "vitest";
import { hasDown, withDown } from "./down-section";

const UP = "-- migrate:up\ncreate table t (id int);\n";

test("a way back goes below the marker that is there", () => {
  const text = `${UP}\n-- migrate:down\n`;
  expect(hasDown(text)).toBe(false);
  expect(withDown(text, "drop table t;")).toBe(`${UP}\n-- migrate:down\ndrop table t;\n`);
  expect(hasDown(withDown(text, "drop table t;"))).toBe(true);
});

test("a marker is written where there is none", () => {
  expect(withDown(UP, "drop table t;")).toBe(`${UP}\n-- migrate:down\ndrop table t;\n`);
  expect(withDown("create table t (id int);", "drop table t;")).toBe(
    `${UP}\n-- migrate:down\ndrop table t;\n`,
  );
});

test("goose's files get goose's marker", () => {
  const text = "-- +goose Up\ncreate table t (id int);\n";
  expect(withDown(text, "drop table t;")).toBe(`${text}\n-- +goose Down\ndrop table t;\n`);
});

test("comments below the marker are no way back, and are kept", () => {
  const text = `${UP}\n-- migrate:down\n-- to be written\n`;
  expect(hasDown(text)).toBe(false);
  expect(withDown(text, "drop table t;")).toContain("drop table t;\n\n-- to be written\n");
});
