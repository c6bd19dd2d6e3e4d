import type { Application } from "#server/application.ts";
import { isLoopback } from "#server/config.ts";

const loopbackNames = ["127.0.0.1", "localhost", "[::1]"];

/**
 * The origins whose pages are ours. On loopback every name of this machine is the same place, and people type any of
 * them.
 */
export function ownOrigins(app: Pick<Application, "publicUrl">): ReadonlySet<string> {
  const { protocol, hostname, port, origin } = new URL(app.publicUrl);
  if (protocol !== "http:" || !isLoopback(hostname)) return new Set([origin]);
  return new Set([origin, ...loopbackNames.map((name) => new URL(`http://${name}:${port || "80"}`).origin)]);
}
