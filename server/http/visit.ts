import type { NextFunction, Request, Response } from "express";
import type { Application } from "#server/application.ts";
import type { Identity } from "#server/auth/accounts.ts";
import type { Refusal } from "#server/refusal.ts";
import { sendProblem } from "./problem.ts";

/** What becomes known of one request on its way through the house. */
export interface Visit {
  readonly requestId: string;
  readonly startedAt: number;
  /** What the log calls this address: a pattern, never ids or tokens. */
  route: string | null;
  identity: Identity | null;
  /** Why it could not be found out who asks. */
  away: Refusal | null;
  /** Of the page's own scripts. */
  nonce: string;
}

/** Every handler of ours answers with the visit at hand. */
export type Reply = Response<unknown, { visit: Visit }>;
export type Step = (request: Request, response: Reply, next: NextFunction) => void;

const longestWorkMs = 15_000;

/** Begins the visit, ends one that takes too long, and writes its one line in the log when the answer has left. */
export function receive(app: Application): Step {
  return (request, response, next) => {
    const visit: Visit = {
      requestId: app.newId(),
      startedAt: performance.now(),
      route: null,
      identity: null,
      away: null,
      nonce: "",
    };
    response.locals.visit = visit;
    const { method, originalUrl } = request;
    const tooLong = setTimeout(() => giveUp(response), longestWorkMs);
    response.once("close", () => {
      clearTimeout(tooLong);
      const { statusCode: status } = response;
      const ms = Math.round(10 * (performance.now() - visit.startedAt)) / 10;
      app.metrics.answered({ method, status, ms });
      app.log.info({
        request: visit.requestId,
        route: `${method} ${visit.route ?? patternOf(originalUrl)}`,
        user: visit.identity?.user.userId ?? null,
        status,
        ms,
      });
    });
    next();
  };
}

/** Somebody behind us no longer answers. Whether the work was done nobody knows: a repeat with the same key tells. */
function giveUp(response: Reply): void {
  sendProblem(response, {
    status: 503,
    detail: "This took too long. Try again in a few seconds.",
    retryAfterSeconds: 5,
  });
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ordinaryWord = /^[a-z_.-]{0,40}$/;

/** An address without its query, its ids and its tokens. What is not an ordinary word could be one. */
function patternOf(url: string): string {
  const [path = ""] = url.split("?", 1);
  const segments = path.split("/").map((segment) => {
    if (uuid.test(segment)) return ":id";
    return ordinaryWord.test(segment) ? segment : ":value";
  });
  return segments.slice(0, 12).join("/");
}
