import { expect, test } from "vitest";
import type { Plan, Requirement, Risk } from "@/api/types";
import { blockedBy, demandsOf, gravestFirst, highestLevel } from "./demands";

function requirement(over: Partial<Requirement>): Requirement {
  return { kind: "backup", satisfied: true, word: null, rule: null, level: null, ...over };
}

function plan(over: Partial<Plan>): Plan {
  const rehearsal = { place: "embedded", ok: true, error: null };
  return { requires: [], risks: [], changes: [], rehearsal, ...over } as unknown as Plan;
}

const risk = (rule: string, level: Risk["level"], destructive = false) =>
  ({ rule, level, destructive }) as Risk;

test("the name that the plan asks for is the one to type", () => {
  const asked = plan({ requires: [requirement({ kind: "confirmation", word: "main" })] });
  expect(demandsOf(asked, "other").word).toBe("main");
});

test("losing data asks for the name even where the policy asks for nothing", () => {
  expect(demandsOf(plan({}), "local").word).toBeNull();
  expect(demandsOf(plan({ risks: [risk("drop-table", "critical", true)] }), "local").word).toBe(
    "local",
  );
});

test("each rule is accepted once, the gravest first, with all its risks", () => {
  const { accept } = demandsOf(
    plan({
      requires: [
        requirement({ kind: "accept_risk", rule: "rename", level: "high" }),
        requirement({ kind: "accept_risk", rule: "drop-table", level: "critical" }),
      ],
      risks: [risk("rename", "high"), risk("drop-table", "critical"), risk("rename", "high")],
    }),
    "main",
  );

  expect(accept.map(({ rule, risks }) => [rule, risks.length])).toEqual([
    ["drop-table", 1],
    ["rename", 2],
  ]);
});

test("a plan that failed its rehearsal, or missed a demanded one, is blocked", () => {
  expect(blockedBy(plan({}))).toBeNull();
  const failed = { ok: false, error: { message: "no" } } as unknown as Plan["rehearsal"];
  expect(blockedBy(plan({ rehearsal: failed }))).toBe("failed");
  const missed = requirement({ kind: "rehearsal", satisfied: false });
  expect(blockedBy(plan({ requires: [missed] }))).toBe("not_rehearsed");
});

test("risks keep the order of the plan among equals", () => {
  const order = gravestFirst([risk("a", "low"), risk("b", "high"), risk("c", "low")]);
  expect(order.map(({ rule }) => rule)).toEqual(["b", "a", "c"]);
});

test("what a comment in the file allows is not asked for again, but for lost rows in production", () => {
  const allowed = { ...risk("drop-table", "critical"), suppressed: "moved to another service" };
  const requires = [requirement({ kind: "accept_risk", rule: "drop-table", level: "critical" })];
  const asked = (of: Plan["class"]) =>
    demandsOf(plan({ requires, class: of, risks: [allowed, risk("drop-table", "high")] }), "main");
  expect(asked("staging").accept[0]?.risks).toHaveLength(1);
  expect(asked("production").accept[0]?.risks).toHaveLength(2);
  expect(highestLevel([allowed, risk("rename", "low")])).toBe("low");
});
