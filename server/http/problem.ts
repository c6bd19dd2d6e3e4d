import { type ServerResponse, STATUS_CODES } from "node:http";
import { type FieldError, Refusal } from "#server/refusal.ts";
import { asRefusal } from "#server/unavailable.ts";

/** Why something was not done, in words for the person who asked. */
export interface Problem {
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  readonly current?: unknown;
  readonly retryAfterSeconds?: number | null;
  readonly allow?: readonly string[];
  readonly requestId?: string;
}

/** What to say of a failure. What nobody foresaw is a 500 that tells its number in the log and nothing else. */
export function problemOf(error: unknown, requestId: string): Problem {
  const refusal = asRefusal(error);
  if (refusal instanceof Refusal) {
    const { status, message, errors, current, retryAfterSeconds } = refusal;
    return { status, detail: message, errors, current, retryAfterSeconds };
  }
  const status = clientFault(error);
  if (status !== null) return { status, detail: "This request could not be understood." };
  const detail = `Something went wrong on our side. Please tell whoever runs this server the number ${requestId}.`;
  return { status: 500, detail, requestId };
}

/** The answer of `application/problem+json`. */
export function sendProblem(response: ServerResponse, problem: Problem): void {
  const { status, detail, errors, current, requestId } = problem;
  const body = {
    type: "about:blank",
    title: titleOf(status),
    status,
    detail,
    ...(errors && errors.length > 0 ? { errors } : {}),
    ...(current === undefined ? {} : { current }),
    ...(requestId === undefined ? {} : { requestId }),
  };
  send(response, problem, { type: "application/problem+json; charset=utf-8", text: JSON.stringify(body) });
}

/** The same for people, where no page of ours can be drawn. */
export function sendProblemPage(response: ServerResponse, problem: Problem): void {
  const title = titleOf(problem.status);
  const text = [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${title} · Concord</title></head>`,
    `<body><main><h1>${title}</h1><p>${escaped(problem.detail)}</p><p><a href="/">To the start</a></p></main></body></html>`,
  ].join("");
  send(response, problem, { type: "text/html; charset=utf-8", text });
}

function send(
  response: ServerResponse,
  { status, retryAfterSeconds, allow }: Problem,
  body: { type: string; text: string },
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.statusCode = status;
  response.setHeader("Content-Type", body.type);
  response.setHeader("Cache-Control", "no-store");
  if (retryAfterSeconds) response.setHeader("Retry-After", String(retryAfterSeconds));
  if (status === 401) response.setHeader("WWW-Authenticate", "Bearer");
  if (allow) response.setHeader("Allow", allow.join(", "));
  response.setHeader("Content-Length", Buffer.byteLength(body.text));
  response.end(body.text);
}

/** Express and its parts mark what the client did wrong by a status between 400 and 499. */
function clientFault(error: unknown): number | null {
  if (!(error instanceof Error) || !("status" in error) || typeof error.status !== "number") return null;
  return error.status >= 400 && error.status < 500 ? error.status : null;
}

function titleOf(status: number): string {
  return STATUS_CODES[status] ?? "Error";
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
