import type { Application } from "#server/application.ts";
import { requireMember } from "#server/membership.ts";
import { readVersion } from "#server/queries/read-version.ts";
import { enterRoom, type LiveSocket, leaveRoom } from "./live-socket.ts";
import { type Act, type Answer, notFound, tooMany } from "./on.ts";

const mostRooms = 20;

/** Lets members into the room of their panel. */
export function joinPanel(app: Application): Act {
  return async (socket, panelId) => {
    const { told, identity } = socket.data;
    if (!told.has(panelId) && told.size >= mostRooms) return tooMany;
    const member = await requireMember(app, identity.user, panelId);
    // A room entered after hanging up would never be left.
    if (!socket.connected) return notFound;
    await enterRoom(socket, panelId);
    try {
      // Only now, in the room: what is announced from here on reaches this socket, and what came before is in the version.
      const { version } = await readVersion(app, member);
      return tell(socket, panelId, version);
    } catch (error) {
      await leaveRoom(socket, panelId);
      throw error;
    }
  };
}

export function leavePanel(): Act {
  return async (socket, panelId) => {
    await leaveRoom(socket, panelId);
    return { ok: true };
  };
}

function tell(socket: LiveSocket, panelId: string, version: number): Answer {
  const known = socket.data.told.get(panelId);
  // Removed from the panel in between.
  if (known === undefined) return notFound;
  socket.data.told.set(panelId, Math.max(known, version));
  return { ok: true, version };
}
