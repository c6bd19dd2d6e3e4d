import { clientEvents } from "#server/realtime/live-socket.ts";
import { type Listener, listenIn } from "../worlds/frames.ts";
import { eventRows, frameRows, rowOf } from "../worlds/rows.ts";
import type { World } from "../worlds/world.ts";
import type { Subject } from "./cast.ts";

/** Says everything a socket may say, about the own panel and about another one; answers what was not as the rows say. */
export async function sayEverything(
  world: World,
  subject: Subject,
  panels: { own: string; foreign: string },
): Promise<{ said: number; wrong: string[] }> {
  const wrong: string[] = [];
  const listener = await listenIn(world, subject.person ?? { cookie: "" }).catch((error: Error) => error.message);
  if (typeof listener === "string" || !subject.isSignedIn) {
    const isRefused = listener === "unauthorized";
    if (typeof listener !== "string") listener.close();
    return { said: 1, wrong: isRefused ? [] : [`${subject.does}: a socket was let in`] };
  }
  for (const [panelId, isInside] of [
    [panels.own, subject.member !== null] as const,
    [panels.foreign, false] as const,
  ]) {
    for (const event of clientEvents) {
      const row = rowOf(eventRows, event);
      const expected = isInside ? row.member : row.other;
      const got = inWords(await listener.say(event, { panelId }));
      if (got !== expected) wrong.push(`${subject.does}: ${event}: ${got} instead of ${expected}`);
    }
  }
  wrong.push(...oddFrames(listener.frames).map((frame) => `${subject.does}: was told ${frame}`));
  listener.close();
  return { said: 2 * clientEvents.length, wrong };
}

function inWords(answer: unknown): string {
  if (typeof answer !== "object" || answer === null) return String(answer);
  if ("error" in answer) return String(answer.error);
  return Object.keys(answer).join(", ");
}

/** Frames with another name, or with more in them, than their row has; acknowledgements hold no more than a version. */
export function oddFrames(frames: Listener["frames"]): string[] {
  return frames.filter((frame) => {
    const [, kind, text] = /^message (\d)\d*(.*)$/s.exec(frame) ?? [];
    if (kind === "3") return !/^\[\{"ok":(true(,"version":\d+)?|false,"error":"[a-z_]+")\}\]$/.test(text ?? "");
    if (kind !== "2") return true;
    const [event, payload]: [string, object] = JSON.parse(text ?? "[]");
    return String(Object.keys(payload)) !== String(frameRows[event] ?? []);
  });
}
