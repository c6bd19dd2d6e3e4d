import type { Request } from "express";
import type { Application } from "#server/application.ts";
import { sha256 } from "#server/hash.ts";
import { identify, visitorOf } from "#server/http/identify.ts";
import { problemOf, sendProblem } from "#server/http/problem.ts";
import type { Reply, Step } from "#server/http/visit.ts";
import { notFound, Refusal } from "#server/refusal.ts";
import { Attachment, contentDisposition } from "./attachment.ts";
import type { Asked } from "./call.ts";
import { calls } from "./calls.ts";
import { type FoundCall, makeFinder } from "./find-call.ts";
import { parseJson, readBody } from "./read-body.ts";

/** Everything below `/api/v1`: finds the call, finds out who asks, and does what the call says. */
export function createApi(app: Application): Step {
  const find = makeFinder(calls);

  async function serve(request: Request, response: Reply): Promise<void> {
    const { visit } = response.locals;
    const found = find(request.path);
    const asked = found.get(request.method === "HEAD" ? "GET" : request.method);
    visit.route = `/api/v1${asked?.call.path ?? "/*"}`;
    await identify(app, request, response);
    if (visit.identity === null && asked?.call.access !== "anyone") throw signInFirst();
    if (asked === undefined) return refuseMethod(response, [...found.keys()]);
    const answer = await perform(app, { ...asked, request, response });
    send(response, asked, answer);
  }

  return (request, response) => {
    serve(request, response).catch((error: unknown) => {
      const { requestId } = response.locals.visit;
      const problem = problemOf(error, requestId);
      if (problem.status >= 500) app.log.error({ err: error, request: requestId }, "a call failed");
      sendProblem(response, problem);
    });
  };
}

interface Request_ extends FoundCall {
  readonly request: Request;
  readonly response: Reply;
}

async function perform(app: Application, { call, parameters, request, response }: Request_): Promise<unknown> {
  const isWrite = call.method !== "GET";
  const { identity } = response.locals.visit;
  if (isWrite && identity) app.writes.take(identity.user.userId);
  const text = call.method === "POST" || call.method === "PUT" ? await readBody(request) : "";
  const asked: Asked = {
    app: isWrite ? onceOnly(app, request, text) : app,
    identity,
    visitor: visitorOf(app, request),
    parameters,
    query: queryOf(request.originalUrl),
    body: parseJson(text),
    setHeader: (name, value) => response.append(name, value),
  };
  return call.perform(asked);
}

/** A copy of the application whose commands answer a repeated key as they did the first time. */
function onceOnly(app: Application, request: Request, body: string): Application {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return app;
  if (typeof key !== "string" || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new Refusal(400, "An Idempotency-Key has 1 to 200 visible characters.");
  }
  const requestHash = sha256(`${request.method} ${request.originalUrl}\n${body}`);
  return { ...app, once: { key, requestHash } };
}

function queryOf(url: string): URLSearchParams {
  const mark = url.indexOf("?");
  return new URLSearchParams(mark === -1 ? "" : url.slice(mark));
}

function send(response: Reply, { call }: FoundCall, answer: unknown): void {
  if (answer === undefined) {
    response.statusCode = 204;
    response.end();
    return;
  }
  response.statusCode = call.status ?? 200;
  if (answer instanceof Attachment) response.setHeader("Content-Disposition", contentDisposition(answer.fileName));
  const body = answer instanceof Attachment ? answer.body : JSON.stringify(answer);
  const type = answer instanceof Attachment ? answer.mediaType : "application/json; charset=utf-8";
  response.setHeader("Content-Type", type);
  response.setHeader("Content-Length", Buffer.byteLength(body));
  response.end(body);
}

function signInFirst(): Refusal {
  return new Refusal(401, "Sign in, or send a valid token.");
}

function refuseMethod(response: Reply, methods: readonly string[]): void {
  if (methods.length === 0) throw notFound();
  const allow = methods.includes("GET") ? [...methods, "HEAD"] : methods;
  sendProblem(response, { status: 405, detail: "This call does not exist at this address.", allow });
}
