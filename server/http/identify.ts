import type { Request } from "express";
import type { Application } from "#server/application.ts";
import { browserWords, type Visitor } from "#server/auth/visitor.ts";
import { addressBlock } from "./address-block.ts";
import type { Reply } from "./visit.ts";

/** Pages that a browser fetches for its router, and what it asks the router's map with. */
const askedByScripts = /^\/__manifest$|\.data$/;

/**
 * Whether somebody is at work. Whoever writes is, and whoever opens a page as a document; an open page that asks for news
 * by itself, or by a click (which its beat tells of), is not. Browsers say what they want a page for; programs and old
 * browsers do not, and are judged by the address.
 */
function isAct({ method, originalUrl, headers }: Request): boolean {
  if (method !== "GET") return method !== "HEAD";
  const [path = "", query = ""] = originalUrl.split("?", 2);
  if (path.startsWith("/api/") || askedByScripts.test(path) || new URLSearchParams(query).has("_data")) return false;
  const isAhead = headers["sec-purpose"] !== undefined || headers.purpose === "prefetch";
  const wantedAs = headers["sec-fetch-dest"];
  return !isAhead && (wantedAs === undefined || wantedAs === "document");
}

/** Finds out who asks, once a request. The one place where the cookie of a just extended session is sent again. */
export async function identify(app: Application, request: Request, response: Reply): Promise<void> {
  const { cookie, authorization } = request.headers;
  if (cookie === undefined && authorization === undefined) return;
  const identity = await app.accounts.identify({ cookie, authorization, isAct: isAct(request) });
  response.locals.visit.identity = identity;
  if (identity?.byCookie && identity.isFresh && identity.sessionId !== null) {
    response.append("Set-Cookie", app.accounts.sessionCookie(identity.sessionId));
  }
}

/** What a request tells of its sender without saying who it is. */
export function visitorOf(app: Application, request: Request): Visitor {
  return {
    addressBlock: addressBlock(request.ip ?? ""),
    browser: browserWords(request.headers["user-agent"]),
    ...app.accounts.cookies.read(request.headers.cookie),
  };
}
