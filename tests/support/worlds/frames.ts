import { io } from "socket.io-client";
import type { Person } from "../people.ts";
import { publicUrl, type World } from "./world.ts";

/** A socket that keeps what it is sent, as it is sent. */
export interface Listener {
  /** Type and text of each frame since the handshake, heartbeats left out. */
  readonly frames: readonly string[];
  say(event: string, payload: unknown): Promise<unknown>;
  join(panelId: string): Promise<unknown>;
  /** Returns when a frame with this in it has come. @throws Error after five seconds */
  heard(text: string): Promise<void>;
  close(): void;
}

export async function listenIn(world: World, person: Pick<Person, "cookie">): Promise<Listener> {
  const socket = io(world.url, {
    transports: ["websocket"],
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin: publicUrl, cookie: person.cookie },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve).once("connect_error", reject);
  }).catch((error: unknown) => {
    socket.close();
    throw error;
  });
  const frames: string[] = [];
  const looks = new Set<() => void>();
  socket.io.engine.on("packet", ({ type, data }: { type: string; data?: unknown }) => {
    if (type === "ping") return;
    frames.push(`${type} ${String(data ?? "")}`);
    for (const look of looks) look();
  });
  const say = (event: string, payload: unknown) => socket.timeout(5_000).emitWithAck(event, payload);
  return {
    frames,
    say,
    join: (panelId) => say("panel:join", { panelId }),
    heard(text) {
      return new Promise((resolve, reject) => {
        const giveUp = setTimeout(
          () => end(() => reject(new Error(`${text} was not heard: ${frames.join(" ")}`))),
          5_000,
        );
        const end = (settle: () => void) => {
          clearTimeout(giveUp);
          looks.delete(look);
          settle();
        };
        const look = () => {
          if (frames.some((frame) => frame.includes(text))) end(resolve);
        };
        looks.add(look);
        look();
      });
    },
    close: () => void socket.close(),
  };
}
