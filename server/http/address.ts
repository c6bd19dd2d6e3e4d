import type { IncomingMessage } from "node:http";
import type { Problem } from "./problem.ts";

const longestUrl = 2048;

/** What is wrong with a request's address, before anything looks at it; `null` when it is sound. */
export function addressFault(request: IncomingMessage): Problem | null {
  const url = request.url ?? "";
  if (url.length > longestUrl) return { status: 414, detail: `Addresses have at most ${longestUrl} characters.` };
  if (!url.startsWith("/")) return unreadable;
  const { host } = request.headers;
  return isReadable(url) && (host === undefined || isHost(host)) ? null : unreadable;
}

const unreadable: Problem = { status: 400, detail: "This address cannot be read." };

/**
 * Without backslashes, which browsers and routers read as slashes, and without control characters, which they leave out: both
 * make another host of what stands behind.
 */
function isReadable(url: string): boolean {
  const [path = ""] = url.split("?", 1);
  try {
    // PostgreSQL has no NUL, and no person types it.
    return !/[\\\p{Cc}]/u.test(decodeURIComponent(path)) && !url.includes("%00");
  } catch {
    return false;
  }
}

/** Whether a text is a host name or address, perhaps with a port. */
export function isHost(text: string): boolean {
  const looksSo = /^[A-Za-z0-9._-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:.]+\](:\d{1,5})?$/.test(text);
  // Only who reads an address knows that there is no port 99999 and no host 1.2.3.999.
  return looksSo && URL.canParse(`http://${text}`);
}
