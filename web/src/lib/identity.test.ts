import { expect, test } from "vitest";
import { identityParts, shortName } from "./identity";

test("dots inside quotes and arguments do not part a name", () => {
  expect(identityParts("public.orders.total")).toEqual(["public", "orders", "total"]);
  expect(identityParts('public."a.b"."c"')).toEqual(["public", '"a.b"', '"c"']);
  expect(identityParts("public.f(other.t, integer)")).toEqual(["public", "f(other.t, integer)"]);
  expect(shortName("public.customers.fax")).toBe("fax");
});
