import { type LiveServer, type LiveSocket, roomOf } from "./live-socket.ts";
import { isWritable, makeWaitingRoom } from "./when-writable.ts";

/** Tells the sockets in a panel's room how far the panel is. */
export interface Nudges {
  /** The panel has reached this version, as far as somebody heard. Saying it twice changes nothing. */
  changed(panelId: string, version: number): void;
  stop(): void;
}

export interface NudgeOptions {
  /** How long a socket may take nothing before it is cut off. */
  readonly mostUnwritableMs?: number;
}

/** One panel's room, and what this node has told it. */
interface Channel {
  version: number;
  sentAt: number;
  timer: NodeJS.Timeout | undefined;
}

const restMs = 100;

/**
 * At most one nudge for each panel and socket in 100 ms, the first at once, the last always. A socket that cannot take
 * one now gets the newest version of each of its panels when it can: nothing piles up for it.
 */
export function makeNudges(io: LiveServer, { mostUnwritableMs = 60_000 }: NudgeOptions = {}): Nudges {
  const channels = new Map<string, Channel>();
  const whenWritable = makeWaitingRoom(mostUnwritableMs);
  const { adapter } = io.of("/");
  adapter.on("delete-room", forget);

  function sendInTime(panelId: string, channel: Channel): void {
    if (channel.timer !== undefined) return;
    const rest = channel.sentAt + restMs - performance.now();
    if (rest <= 0) send(panelId, channel);
    else channel.timer = setTimeout(send, rest, panelId, channel);
  }

  function send(panelId: string, channel: Channel): void {
    channel.timer = undefined;
    const room = socketsIn(io, panelId);
    const behind = room.filter((socket) => (socket.data.told.get(panelId) ?? 0) < channel.version);
    const ready = new Set(behind.filter(isWritable));
    for (const socket of behind) if (!ready.has(socket)) whenWritable(socket, () => catchUp(socket));
    if (ready.size === 0) return;
    channel.sentAt = performance.now();
    const others = room.filter((socket) => !ready.has(socket)).map((socket) => socket.id);
    // One broadcast is encoded once, however many take it.
    io.to(roomOf(panelId)).except(others).emit("panel:changed", { panelId, version: channel.version });
    for (const socket of ready) socket.data.told.set(panelId, channel.version);
  }

  function catchUp(socket: LiveSocket): void {
    for (const panelId of socket.data.told.keys()) {
      const channel = channels.get(roomOf(panelId));
      if (channel) sendInTime(panelId, channel);
    }
  }

  function forget(room: string): void {
    clearTimeout(channels.get(room)?.timer);
    channels.delete(room);
  }

  return {
    changed(panelId, version) {
      const room = roomOf(panelId);
      if (!adapter.rooms.has(room)) return;
      const channel = channels.get(room) ?? { version: 0, sentAt: Number.NEGATIVE_INFINITY, timer: undefined };
      channels.set(room, channel);
      channel.version = Math.max(channel.version, version);
      sendInTime(panelId, channel);
    },
    stop() {
      for (const room of [...channels.keys()]) forget(room);
    },
  };
}

function socketsIn(io: LiveServer, panelId: string): LiveSocket[] {
  const { adapter, sockets } = io.of("/");
  const ids = adapter.rooms.get(roomOf(panelId)) ?? [];
  return [...ids].flatMap((id) => sockets.get(id) ?? []);
}
