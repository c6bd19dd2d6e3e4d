import { randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { createTransport } from "nodemailer";
import type { Logger } from "pino";
import type { Database } from "#db/open.ts";
import { insertMail, markSent, type NewMail } from "#db/outbox.ts";
import type { Config } from "./config.ts";

interface Message {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

export interface Mail {
  /** Keeps the message in the outbox. It leaves for the mail server, if there is one, after this has answered. */
  send(message: Message): Promise<void>;
  /**
   * Finds out seconds after the answer has left whether there is anything to send, so that neither this answer nor the next
   * tells by how long it takes. What cannot be found out is logged; whoever waits for the mail asks again.
   */
  later(compose: () => Promise<Message | null>): void;
  /** Sends at once what is to be sent later, and waits for what is on its way. */
  settle(): Promise<void>;
}

interface MailParts {
  readonly database: Database;
  readonly config: Pick<Config, "smtpUrl" | "mailFrom">;
  readonly newId: () => string;
  readonly log: Logger;
}

export function makeMail({ database, config, newId, log }: MailParts): Mail {
  const deliver = config.smtpUrl === null ? null : makeDelivery(config.smtpUrl, config.mailFrom);
  const onTheirWay = new Set<Promise<void>>();
  let hurry = new AbortController();

  /** Nobody waits for this: what cannot be delivered stays in the outbox, where administrators see that it was not sent. */
  async function post(mail: NewMail): Promise<void> {
    try {
      await deliver?.(mail);
      await markSent(database.pool, mail.mailId);
    } catch (error) {
      log.warn({ mail: mail.mailId, fault: faultOf(error) }, "a mail was not delivered");
    }
  }

  async function send({ to, subject, body }: Message): Promise<void> {
    const mail = { mailId: newId(), recipient: to, subject, body };
    await insertMail(database.pool, mail);
    if (deliver !== null) keep(post(mail));
  }

  async function composeAndSend(compose: () => Promise<Message | null>): Promise<void> {
    await pause(randomInt(1_000, 3_000), undefined, { signal: hurry.signal }).catch(() => "in a hurry");
    try {
      const message = await compose();
      if (message) await send(message);
    } catch (error) {
      log.warn({ fault: faultOf(error) }, "a mail could not be written");
    }
  }

  function keep(work: Promise<void>): void {
    const kept = work.finally(() => onTheirWay.delete(kept));
    onTheirWay.add(kept);
  }

  return {
    send,
    later: (compose) => keep(composeAndSend(compose)),
    async settle() {
      while (onTheirWay.size > 0) {
        hurry.abort();
        hurry = new AbortController();
        await Promise.all(onTheirWay);
      }
    },
  };
}

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

function makeDelivery(smtpUrl: string, from: string): (mail: NewMail) => Promise<void> {
  const transport = createTransport({ url: smtpUrl, ...patience });
  return async ({ recipient, subject, body }) => {
    await transport.sendMail({ from, to: recipient, subject, text: body });
  };
}

/** The class of a failure. Its message may quote an address or a whole mail, so it is not logged. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
