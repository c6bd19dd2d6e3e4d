import type { IncomingMessage } from "node:http";
import type { Application } from "#server/application.ts";
import type { Reply } from "./visit.ts";

/** Finds out who asks, once a request. The one place where the cookie of a just extended session is sent again. */
export async function identify(app: Application, request: IncomingMessage, response: Reply): Promise<void> {
  const { cookie, authorization } = request.headers;
  if (cookie === undefined && authorization === undefined) return;
  const identity = await app.accounts.identify({ cookie, authorization });
  response.locals.visit.identity = identity;
  const cameByCookie = authorization === undefined;
  if (cameByCookie && identity?.isFresh && identity.sessionId !== null) {
    response.append("Set-Cookie", app.accounts.sessionCookie(identity.sessionId));
  }
}
