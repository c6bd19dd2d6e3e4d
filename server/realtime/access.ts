import { findEndedAccess, type HeldAccess } from "#db/access.ts";
import { accessChannel } from "#db/notify.ts";
import type { Application } from "#server/application.ts";
import { absoluteLifetimeMs } from "#server/auth/session-store.ts";
import { makeBeat } from "./beat.ts";
import { keepListening } from "./keep-listening.ts";
import { type LiveServer, type LiveSocket, leaveRoom, liveSockets } from "./live-socket.ts";

const checkEveryMs = 1_000;

/**
 * Ends on open sockets what has ended in the database: sessions, tokens, accounts, memberships. At once when it is
 * announced, and otherwise within the second, since an announcement may be lost.
 */
export function watchAccess(app: Application, io: LiveServer): { stop(): Promise<void> } {
  const check = makeBeat({
    everyMs: checkEveryMs,
    work: () => endAccess(app, liveSockets(io)),
    failing: "the access of open sockets cannot be checked",
    log: app.log,
  });
  const ear = keepListening(app, accessChannel, { heard: () => check.soon(), back: () => check.soon() });
  return {
    async stop() {
      await Promise.all([check.stop(), ear.stop()]);
    },
  };
}

async function endAccess(app: Application, sockets: readonly LiveSocket[]): Promise<void> {
  if (sockets.length === 0) return;
  const now = app.clock();
  const time = { at: now.toISOString(), bornAfter: new Date(now.getTime() - absoluteLifetimeMs).toISOString() };
  const ended = await findEndedAccess(app.database.pool, heldBy(sockets), time);
  const credentials = new Set(ended.credentials.map((one) => one.credentialHash));
  const memberships = new Set(ended.memberships.map((one) => key(one.userId, one.panelId)));
  for (const socket of sockets) {
    const { credentialHash, user } = socket.data.identity;
    if (credentials.has(credentialHash)) {
      socket.disconnect(true);
      continue;
    }
    const gone = [...socket.data.told.keys()].filter((panelId) => memberships.has(key(user.userId, panelId)));
    for (const panelId of gone) await sendAway(socket, panelId);
  }
}

async function sendAway(socket: LiveSocket, panelId: string): Promise<void> {
  await leaveRoom(socket, panelId);
  socket.emit("panel:gone", { panelId });
}

/** Each session and each membership once, however many tabs somebody has open. */
function heldBy(sockets: readonly LiveSocket[]): HeldAccess {
  const credentials = new Map<string, HeldAccess["credentials"][number]>();
  const memberships = new Map<string, HeldAccess["memberships"][number]>();
  for (const { data } of sockets) {
    const { credentialHash, user } = data.identity;
    credentials.set(credentialHash, { userId: user.userId, credentialHash });
    for (const panelId of data.told.keys())
      memberships.set(key(user.userId, panelId), { userId: user.userId, panelId });
  }
  return { credentials: [...credentials.values()], memberships: [...memberships.values()] };
}

function key(userId: string, panelId: string): string {
  return `${userId} ${panelId}`;
}
