import type { Logger } from "pino";
import { z } from "zod";
import { Refusal } from "#server/refusal.ts";
import { makeAllowance } from "./allowance.ts";
import { type ClientEvent, clientEvents, type LiveSocket } from "./live-socket.ts";

/** `not_found` covers whatever the asker may not know, and payloads that make no sense. */
export type Answer = { ok: true; version?: number } | { ok: false; error: "not_found" | "too_many" | "unavailable" };

export const notFound: Answer = { ok: false, error: "not_found" };
export const tooMany: Answer = { ok: false, error: "too_many" };

export type Act = (socket: LiveSocket, panelId: string) => Promise<Answer>;

const panelRef = z.strictObject({ panelId: z.string().max(64) });
const events = { most: 10, withinMs: 10_000 };

/**
 * The only way to listen to a browser: its events are bounded in number, parsed, done one after the other and always
 * answered, and no error leaves here, since one in an asynchronous handler would end the process.
 */
export function listenTo(socket: LiveSocket, acts: Record<ClientEvent, Act>, log: Logger): void {
  const mayGoOn = makeAllowance(events);
  let previous: Promise<void> = Promise.resolve();

  function on(event: ClientEvent): void {
    socket.on(event, (...sent) => {
      const [payload, acknowledge] = sent;
      if (sent.length !== 2 || !isAcknowledgement(acknowledge)) return;
      const answer = mayGoOn() ? undefined : tooMany;
      previous = previous
        .then(async () => acknowledge(answer ?? (await answerTo(payload))))
        .catch((error: unknown) => log.error({ err: error }, "an answer to a socket failed"));
    });

    async function answerTo(payload: unknown): Promise<Answer> {
      const input = panelRef.safeParse(payload);
      if (!input.success) return notFound;
      return acts[event](socket, input.data.panelId).catch((error: unknown) => refusalOf(error, log));
    }
  }

  for (const event of clientEvents) on(event);
}

function isAcknowledgement(value: unknown): value is (answer: Answer) => void {
  return typeof value === "function";
}

function refusalOf(error: unknown, log: Logger): Answer {
  if (error instanceof Refusal) return notFound;
  log.warn({ err: error }, "a socket's request could not be done");
  return { ok: false, error: "unavailable" };
}
