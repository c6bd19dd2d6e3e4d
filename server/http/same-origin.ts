import type { IncomingHttpHeaders } from "node:http";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request may change something, as far as its sender's page is concerned. A browser says where its request
 * comes from; only our own pages, and what a person typed, may act with the cookie. A bearer token is never sent by
 * itself, as a remembered Basic password is, so whoever shows one is not checked. Programs without a cookie say nothing
 * and act for nobody.
 */
export function isFromOwnPage(
  request: { method: string; headers: IncomingHttpHeaders },
  ownOrigins: ReadonlySet<string>,
): boolean {
  const { headers } = request;
  if (safeMethods.has(request.method) || headers.authorization?.startsWith("Bearer ")) return true;
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin" || site === "none";
  if (headers.origin !== undefined) return ownOrigins.has(headers.origin);
  return headers.cookie === undefined;
}
