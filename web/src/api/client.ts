import createClient from "openapi-fetch";
import { ApiError, readProblem } from "./problem";
import type { paths } from "./schema";
import { takeToken } from "./token";

const TIMEOUT_MS = 30_000;
const token = takeToken();

export function authorization(): Record<string, string> {
  return token ? { Authorization: `Bearer ${token}` } : {};
}

/** Fetch that always ends: with an answer, or with an ApiError whose status is 0. */
async function send(request: Request): Promise<Response> {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  try {
    return await fetch(request, { signal: AbortSignal.any([request.signal, limit]) });
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw unanswered(limit.aborted ? "timeout" : "server_unreachable");
  }
}

function unanswered(code: "timeout" | "server_unreachable"): ApiError {
  const message = code === "timeout" ? "the server did not answer in time" : "no server answers";
  return new ApiError({ code, message, hint: null, details: {} }, 0);
}

export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: send });

api.use({
  onRequest({ request }) {
    for (const [name, value] of Object.entries(authorization())) request.headers.set(name, value);
    return request;
  },
});

interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** Return the data of an answer, or throw what the server said about it. */
export async function request<Data>(call: Promise<Answer<Data>>): Promise<Data> {
  const { data, error, response } = await call;
  if (error !== undefined || !response.ok) {
    throw new ApiError(readProblem(error, response.status), response.status);
  }
  // Answers without a body (204) have no data, and their type says so.
  return data as Data;
}
