import { start } from "#server/start.ts";
import { untilSignal } from "#server/until-signal.ts";
import { welcome } from "#server/welcome.ts";
import { aPage } from "./pages.ts";

// The server as a process of its own, with the smallest page instead of the built ones.
await untilSignal(async (config) => {
  const running = await start(config, async () => ({ build: aPage }));
  await welcome(running.app);
  return running;
});
