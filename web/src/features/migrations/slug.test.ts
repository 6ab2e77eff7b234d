import { expect, test } from "vitest";
import { slug } from "./slug";

test("a name becomes the second part of a file's name", () => {
  expect(slug("Add orders")).toBe("add_orders");
  expect(slug("  Añadir teléfono, ¡ya! ")).toBe("anadir_telefono_ya");
  expect(slug("***")).toBe("");
  expect(slug("x".repeat(200))).toHaveLength(80);
});
