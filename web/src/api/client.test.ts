import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError, problemOf } from "./problem";
import { takeToken } from "./token";

const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.resetModules();
  sessionStorage.clear();
  delete window.__VADO__;
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
});

afterEach(() => window.history.replaceState(null, "", "/"));

function answer(status: number, body: unknown, type = "application/json"): void {
  const text = status === 204 ? null : JSON.stringify(body);
  fetched.mockImplementation(async () => {
    return new Response(text, { status, headers: { "content-type": type } });
  });
}

async function thrown(call: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  // Loaded anew for each test, so that its class is not the one imported above.
  expect((error as Error | null)?.name).toBe("ApiError");
  return error as ApiError;
}

test("the token is taken out of the address and kept for this tab", () => {
  window.history.replaceState(null, "", "/shop?x=1#token=abc_DEF-1");

  expect(takeToken()).toBe("abc_DEF-1");
  expect(window.location.href).toMatch(/\/shop\?x=1$/);
  expect(takeToken()).toBe("abc_DEF-1");
});

test("the window's own token goes before any other", () => {
  sessionStorage.setItem("vado.token", "old");
  window.__VADO__ = { token: "new" };

  expect(takeToken()).toBe("new");
});

test("every request carries the token", async () => {
  window.__VADO__ = { token: "secret" };
  answer(200, { version: "1", tools: null });
  const { api, request } = await import("./client");

  await request(api.GET("/api/about"));

  const [sent] = fetched.mock.calls[0] ?? [];
  expect((sent as Request).headers.get("authorization")).toBe("Bearer secret");
});

test("a problem document is thrown as it is", async () => {
  const problem = { code: "plan_outdated", message: "p is outdated", hint: "Again.", details: {} };
  answer(409, problem, "application/problem+json");
  const { api, request } = await import("./client");

  const error = await thrown(request(api.POST("/api/migrations/apply", { body: {} as never })));

  expect(error.problem).toEqual(problem);
  expect(error.status).toBe(409);
  expect(error.unreachable).toBe(false);
});

test("an answer that is no problem document is told by its status", async () => {
  answer(500, "oops");
  const { api, request } = await import("./client");

  const error = await thrown(request(api.GET("/api/about")));

  expect(error.code).toBe("unexpected");
});

test("a server that is gone is told from one that refuses", async () => {
  fetched.mockRejectedValue(new TypeError("failed to fetch"));
  const { api, request } = await import("./client");

  const error = await thrown(request(api.GET("/api/about")));

  expect(error.code).toBe("server_unreachable");
  expect(error.unreachable).toBe(true);
});

test("whatever was thrown can be shown", () => {
  const problem = { code: "x", message: "m", hint: null, details: {} };
  expect(problemOf(new ApiError(problem, 400))).toBe(problem);
  expect(problemOf(problem)).toBe(problem);
  expect(problemOf(new Error("boom")).message).toBe("boom");
});
