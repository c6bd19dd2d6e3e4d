import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Balancer } from "./balancer.ts";
import { freePort } from "./free-port.ts";

const documented = join(import.meta.dirname, "../../docs/nginx.conf");

/**
 * nginx with the configuration that the documentation gives to operators, but for its certificate, before nodes of ours.
 *
 * @param program the path of nginx
 */
export async function startNginx(program: string): Promise<Balancer> {
  const folder = mkdtempSync(join(tmpdir(), "concord-nginx-"));
  mkdirSync(join(folder, "held"));
  const port = await freePort();
  let child: ChildProcess | undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    async open(nodes) {
      writeFileSync(join(folder, "site.conf"), siteOf(nodes, port));
      writeFileSync(join(folder, "nginx.conf"), around(folder));
      // Its complaints about nodes that were killed belong to the test.
      child = spawn(program, ["-p", folder, "-c", join(folder, "nginx.conf")], { stdio: "ignore" });
      await listensOn(port, child);
    },
    async stop() {
      if (child && child.exitCode === null && child.signalCode === null) {
        child.kill("SIGTERM");
        await once(child, "close");
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The documented site with other addresses, and without TLS. */
function siteOf(nodes: readonly string[], port: number): string {
  const hosts = nodes.map((url) => new URL(url).host);
  return readFileSync(documented, "utf8")
    .replace(/^ *ssl_.*\n/gm, "")
    .replace(/^ *listen .*$/m, `listen 127.0.0.1:${port};`)
    .replace(/^( *server )10\S+/gm, (_, server: string) => `${server}${hosts.shift() ?? "127.0.0.1:9 down"}`);
}

function around(folder: string): string {
  const kept = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (what) => `  ${what}_temp_path ${join(folder, "held", what)};`,
  );
  return [
    ...(process.getuid?.() === 0 ? ["user root;"] : []),
    "daemon off;",
    "worker_processes 2;",
    `pid ${join(folder, "nginx.pid")};`,
    "error_log stderr crit;",
    "events { worker_connections 1024; }",
    "http {",
    "  access_log off;",
    ...kept,
    `  include ${join(folder, "site.conf")};`,
    "}",
    "",
  ].join("\n");
}

async function listensOn(port: number, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error("nginx ended before it listened.");
    const socket = connect(port, "127.0.0.1");
    const isThere = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    });
    socket.destroy();
    if (isThere) return;
    await pause(20);
  }
}
