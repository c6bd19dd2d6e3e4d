import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import type { Request } from "express";
import type { Application } from "#server/application.ts";
import type { LoadContext } from "#server/load-context.ts";
import { Refusal } from "#server/refusal.ts";
import { asRefusal } from "#server/unavailable.ts";
import { makePagePolicy, type PagePolicyOptions } from "./headers.ts";
import { identify, visitorOf } from "./identify.ts";
import { type Problem, sendProblemPage } from "./problem.ts";
import type { Reply, Step, Visit } from "./visit.ts";

export interface PagesOptions extends PagePolicyOptions {
  /** Remix's server build; asked for at each request while developing. */
  readonly build: () => Promise<ServerBuild>;
}

const longestBody = 64 * 1024;

/** Remix behind our own door: what it would answer with a fault, or read without a bound, does not reach it. */
export function pages(app: Application, options: PagesOptions): Step {
  const admit = makePagePolicy(app, options);
  const draw = createRequestHandler({
    build: options.build,
    getLoadContext(request, response) {
      const { identity, away, nonce, requestId }: Visit = response.locals.visit;
      const isDocument = !/\.data($|\?)/.test(request.originalUrl);
      const comeAgain = (seconds: number) => void response.setHeader("Retry-After", String(seconds));
      const visitor = visitorOf(app, request);
      return { app, identity, visitor, away, isDocument, comeAgain, nonce, requestId } satisfies LoadContext;
    },
  });
  return (request, response, next) => {
    const fault = pageFault(request);
    if (fault !== null) {
      sendProblemPage(response, fault);
      return;
    }
    // Already judged against our own address. Remix would compare it with the Host, which a proxy may rewrite, and fail.
    delete request.headers.origin;
    response.locals.visit.nonce = admit(response);
    identify(app, request, response)
      .catch((error: unknown) => bearAbsence(error, response))
      .then(() => draw(request, response, next), next);
  };
}

/** The page says that nobody can be known now, and hands back what was typed into a form. */
function bearAbsence(error: unknown, response: Reply): void {
  const refusal = asRefusal(error);
  if (!(refusal instanceof Refusal)) throw error;
  response.locals.visit.away = refusal;
}

function pageFault(request: Request): Problem | null {
  // Remix's older way to call one loader by itself, which no page of ours uses.
  if (/[?&]_data=/.test(request.originalUrl)) return { status: 400, detail: "This address cannot be read." };
  if (request.method === "GET" || request.method === "HEAD") return null;
  if (request.method !== "POST") {
    return { status: 405, detail: "Pages are read, or sent as forms.", allow: ["GET", "HEAD", "POST"] };
  }
  return formFault(request);
}

function formFault({ headers }: Request): Problem | null {
  const length = headers["content-length"];
  if (length === undefined) return { status: 411, detail: "Say how long the form is." };
  if (Number(length) > longestBody) return { status: 413, detail: "This form is too long: send at most 64 KiB." };
  const type = headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (type === "application/x-www-form-urlencoded" || length === "0") return null;
  return { status: 415, detail: "Send forms as application/x-www-form-urlencoded." };
}
