import type { DefaultEventsMap, Server, Socket } from "socket.io";
import type { Identity } from "#server/auth/accounts.ts";

export const clientEvents = ["panel:join", "panel:leave"] as const;
export type ClientEvent = (typeof clientEvents)[number];

/** What browsers may say. Nothing about the arguments is believed before it is parsed. */
type ClientEvents = Readonly<Record<ClientEvent, (...sent: readonly unknown[]) => void>>;

/** All that is ever told: that something changed, never what. */
interface ServerEvents {
  "panel:changed": (change: { readonly panelId: string; readonly version: number }) => void;
  "panel:gone": (panel: { readonly panelId: string }) => void;
  "server:restarting": (restart: { readonly retryMs: number }) => void;
}

interface SocketData {
  identity: Identity;
  /** The panels joined, each with the newest version this socket was told. */
  told: Map<string, number>;
}

export type LiveServer = Server<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;
export type LiveSocket = Socket<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;

export function liveSockets(io: LiveServer): LiveSocket[] {
  return [...io.of("/").sockets.values()];
}

export function roomOf(panelId: string): string {
  return `panel/${panelId}`;
}

/** Puts a socket into a panel's room. What it was told is a lower bound until its version is known. */
export async function enterRoom(socket: LiveSocket, panelId: string): Promise<void> {
  if (!socket.data.told.has(panelId)) socket.data.told.set(panelId, 0);
  await socket.join(roomOf(panelId));
}

export async function leaveRoom(socket: LiveSocket, panelId: string): Promise<void> {
  socket.data.told.delete(panelId);
  await socket.leave(roomOf(panelId));
}
