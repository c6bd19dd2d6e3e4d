import { z } from "zod";
import { readVersions } from "#db/announcements.ts";
import { panelChannel } from "#db/notify.ts";
import type { Application } from "#server/application.ts";
import { makeBeat } from "./beat.ts";
import { keepListening } from "./keep-listening.ts";
import { type LiveServer, liveSockets } from "./live-socket.ts";
import type { Nudges } from "./nudges.ts";

const sweepEveryMs = 5_000;

const announcement = z.strictObject({ panelId: z.string(), version: z.int() });

/**
 * Passes on what the database announces. An announcement may be lost while the ear is being reconnected, so the versions
 * of all panels with somebody in their room are also looked up, each time the ear is back and every five seconds.
 */
export function relayAnnouncements(app: Application, io: LiveServer, nudges: Nudges): { stop(): Promise<void> } {
  const sweep = makeBeat({
    everyMs: sweepEveryMs,
    async work() {
      const versions = await readVersions(app.database.pool, watchedPanels(io));
      for (const [panelId, version] of versions) nudges.changed(panelId, version);
    },
    failing: "the versions of panels cannot be looked up",
    log: app.log,
  });
  const ear = keepListening(app, panelChannel, {
    heard(payload) {
      const { panelId, version } = announcement.parse(JSON.parse(payload));
      nudges.changed(panelId, version);
    },
    back: () => sweep.soon(),
  });

  return {
    async stop() {
      await Promise.all([sweep.stop(), ear.stop()]);
    },
  };
}

function watchedPanels(io: LiveServer): string[] {
  return [...new Set(liveSockets(io).flatMap((socket) => [...socket.data.told.keys()]))];
}
