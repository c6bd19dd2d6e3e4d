import { monitorEventLoopDelay } from "node:perf_hooks";
import { z } from "zod";
import { readConfig } from "#server/config.ts";
import { createApplication } from "#server/create-application.ts";
import { makeServer } from "#server/http/make-server.ts";
import { createHttp } from "#server/http.ts";
import { attachRealtime } from "#server/realtime/realtime.ts";
import { builtPages } from "#tests/support/built-pages.ts";

// The whole product as a process of its own, which tells what the requests it got have cost it.
const order = z.strictObject({ databaseUrl: z.string() });
const ask = z.strictObject({ tidy: z.boolean() });
const loop = monitorEventLoopDelay({ resolution: 10 });
const faults: string[] = [];
let slowest = { what: "", cpuMs: 0 };
let requests = 0;

for (const event of ["unhandledRejection", "uncaughtException"] as const) {
  process.on(event, (error: unknown) => faults.push(`${event}: ${error instanceof Error ? error.stack : error}`));
}
process.on("warning", (warning) => faults.push(`warning: ${warning.message}`));

process.once("message", async (message) => {
  const { databaseUrl } = order.parse(message);
  const server = makeServer();
  // First of all listeners, so that the whole request is measured. The fuzzer sends one at a time.
  server.on("request", ({ method, url = "" }, response) => {
    const before = process.cpuUsage();
    requests += 1;
    response.once("close", () => {
      const { user, system } = process.cpuUsage(before);
      const cpuMs = (user + system) / 1000;
      if (cpuMs > slowest.cpuMs) slowest = { what: `${method} ${url.slice(0, 200)}`, cpuMs };
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const url = `http://127.0.0.1:${port}`;
  const config = readConfig({ LOG_LEVEL: "error", CONCORD_DEMO: "0", WRITES_PER_SECOND: "1000000", PORT: `${port}` });
  const app = createApplication({ config, databaseUrl, publicUrl: url });
  createHttp(app, { server, build: builtPages });
  attachRealtime(server, app);
  loop.enable();
  process.on("message", (asked) => process.send?.(figures(ask.parse(asked))));
  process.send?.({ url });
});

process.once("disconnect", () => process.exit());

function figures({ tidy }: z.infer<typeof ask>) {
  if (tidy) global.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const told = { requests, faults: faults.splice(0), slowest, longestBlockMs: loop.max / 1e6, heapUsed, rss };
  loop.reset();
  slowest = { what: "", cpuMs: 0 };
  return told;
}
