import type { Socket } from "socket.io-client";
import { createPoll, type Poll } from "./version-poll.ts";

/** How the page hears of changes. */
export type ChannelState =
  | { readonly kind: "connecting" }
  | { readonly kind: "live" }
  | { readonly kind: "reconnecting" }
  /** The WebSocket cannot be had: the page asks every few seconds instead. */
  | { readonly kind: "polling" }
  | { readonly kind: "offline"; readonly since: string };

export interface ChannelListener {
  onState(state: ChannelState): void;
  /** The newest version there is; may come twice. */
  onVersion(version: number): void;
  /** No longer a member, or no longer signed in. */
  onGone(): void;
}

/** Hears of a panel's changes: by WebSocket, and while there is none, by asking. It learns a number and nothing else. */
export function openPanelChannel(panelId: string, listener: ChannelListener): { close(): void } {
  let isClosed = false;
  let socket: Socket | undefined;
  const poll = createPoll(panelId, listener);
  const start = async () => {
    const { io } = await import("socket.io-client");
    if (isClosed) return;
    socket = io({ transports: ["websocket"], reconnectionDelay: 500, reconnectionDelayMax: 5000 });
    wire(socket, { panelId, listener, poll });
  };
  // Without the client library there is still the poll.
  start().catch(() => poll.start(0));
  return {
    close() {
      isClosed = true;
      poll.stop();
      socket?.disconnect();
    },
  };
}

interface Wiring {
  readonly panelId: string;
  readonly listener: ChannelListener;
  readonly poll: Poll;
}

function wire(socket: Socket, { panelId, listener, poll }: Wiring): void {
  let wasLive = false;
  const fallBack = () => {
    if (wasLive) listener.onState({ kind: "reconnecting" });
    // A connection that was good is likely to be back before the first question.
    poll.start(wasLive ? 5000 : 0);
  };
  const join = () => {
    socket.timeout(5000).emit("panel:join", { panelId }, (error: Error | null, answer: unknown) => {
      const version = versionIn(answer);
      if (error !== null) return void socket.disconnect().connect();
      if (isNotFound(answer)) return listener.onGone();
      if (version === null) return putOff();
      wasLive = true;
      poll.stop();
      listener.onState({ kind: "live" });
      listener.onVersion(version);
    });
  };
  /** Not at the moment: it asks as it does without a connection, and tries to join again. */
  const putOff = () => {
    fallBack();
    setTimeout(() => socket.connected && join(), 3000 + 2000 * Math.random());
  };
  socket.on("connect", join);
  socket.on("panel:changed", (message: unknown) => {
    const version = versionIn(message);
    if (version !== null && isAbout(message, panelId)) listener.onVersion(version);
  });
  socket.on("panel:gone", (message: unknown) => {
    if (isAbout(message, panelId)) listener.onGone();
  });
  socket.on("server:restarting", (message: unknown) => reconnectLater(socket, message));
  socket.on("disconnect", (reason) => {
    fallBack();
    // After the server's own goodbye the client would not come back by itself.
    if (reason === "io server disconnect") setTimeout(() => socket.connect(), 1000);
  });
  socket.on("connect_error", fallBack);
}

function reconnectLater(socket: Socket, message: unknown): void {
  const wait = isRecord(message) && typeof message.retryMs === "number" ? message.retryMs : 1000;
  socket.io.reconnectionDelay(Math.max(500, wait));
}

function versionIn(message: unknown): number | null {
  return isRecord(message) && typeof message.version === "number" ? message.version : null;
}

function isNotFound(answer: unknown): boolean {
  return isRecord(answer) && answer.error === "not_found";
}

function isAbout(message: unknown, panelId: string): boolean {
  return isRecord(message) && message.panelId === panelId;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
