import type { Request } from "express";
import type { Application } from "#server/application.ts";
import type { Reply } from "./visit.ts";

/** The API's reads are what open pages ask by themselves: they do not keep a session from ending. */
function isAct({ method, originalUrl }: Request): boolean {
  const isRead = method === "GET" || method === "HEAD";
  return !(isRead && originalUrl.startsWith("/api/"));
}

/** Finds out who asks, once a request. The one place where the cookie of a just extended session is sent again. */
export async function identify(app: Application, request: Request, response: Reply): Promise<void> {
  const { cookie, authorization } = request.headers;
  if (cookie === undefined && authorization === undefined) return;
  const identity = await app.accounts.identify({ cookie, authorization, isAct: isAct(request) });
  response.locals.visit.identity = identity;
  const cameByCookie = authorization === undefined;
  if (cameByCookie && identity?.isFresh && identity.sessionId !== null) {
    response.append("Set-Cookie", app.accounts.sessionCookie(identity.sessionId));
  }
}
