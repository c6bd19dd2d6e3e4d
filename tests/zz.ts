import { start } from "#server/start.ts";
import { welcome } from "#server/welcome.ts";
import { readConfig } from "#server/config.ts";
const t = performance.now();
const lap = (s: string) => console.log(s, Math.round(performance.now() - t));
const running = await start(readConfig({ PORT: "0", DATA_DIR: "/tmp/http/data" }), async () => { lap("pages"); return {}; });
lap("started");
setTimeout(() => { console.log((process as any).getActiveResourcesInfo()); }, 8000).unref();
await welcome(running.app);
lap("welcomed");
for (const p of ["/readyz", "/healthz", "/api/v1/templates", "/x"]) { const r = await fetch(running.app.publicUrl + p); console.log(p, r.status, (await r.text()).slice(0, 200)); }
await running.stop();
lap("stopped");
