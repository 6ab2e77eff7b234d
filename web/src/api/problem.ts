import type { components } from "./schema";

export type Problem = components["schemas"]["Problem"];

/** What the server said went wrong; `status` is 0 when there was no answer at all. */
export class ApiError extends Error {
  readonly problem: Problem;
  readonly status: number;

  constructor(problem: Problem, status: number) {
    super(problem.message);
    this.name = "ApiError";
    this.problem = problem;
    this.status = status;
  }

  get code(): string {
    return this.problem.code;
  }

  /** Whether nobody answered, so that asking again later may help. */
  get unreachable(): boolean {
    return this.status === 0;
  }
}

/** Turn whatever was thrown into something that can be shown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  if (isProblem(error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  return { code: "unexpected", message, hint: null, details: {} };
}

function isProblem(value: unknown): value is Problem {
  return typeof value === "object" && value !== null && "code" in value && "details" in value;
}

/** Read a problem out of an answer's body, which may come from somebody else on that port. */
export function readProblem(body: unknown, status: number): Problem {
  if (typeof body === "object" && body !== null && "code" in body && "message" in body) {
    const { code, message, hint, details } = body as Partial<Problem>;
    return { code: `${code}`, message: `${message}`, hint: hint ?? null, details: details ?? {} };
  }
  return { code: "unexpected", message: `the answer was ${status}`, hint: null, details: {} };
}
