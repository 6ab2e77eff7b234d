import type { Problem } from "@/api/problem";
import { isLock, LockFacts } from "./lock-holder";
import { ProblemPlaces } from "./problem-places";

/** What a problem's details tell beyond its sentence: places, and who holds the lock. */
export function ProblemMore({ problem }: { problem: Problem }) {
  const { holder } = problem.details;
  return (
    <>
      <ProblemPlaces details={problem.details} />
      {problem.code === "lock_not_obtained" && isLock(holder) && <LockFacts lock={holder} />}
    </>
  );
}
