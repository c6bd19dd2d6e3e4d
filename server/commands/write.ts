import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { claimKey, storeAnswer } from "#db/idempotency.ts";
import type { Db } from "#db/open.ts";
import type { Application, RequestKey } from "../application.ts";
import { sha256 } from "../hash.ts";
import { Refusal } from "../refusal.ts";

/**
 * One write: one transaction, and with an idempotency key one effect. A repeated key with the same request answers what
 * the first one answered; only committed answers are stored, so a refusal is judged afresh.
 *
 * @throws Refusal 422 when the key was used for another request
 */
export async function write<Answer>(
  app: Application,
  userId: string,
  work: (db: Db) => Promise<Answer>,
): Promise<Answer> {
  const { once } = app;
  if (once === null) return app.database.write(work);
  const claim = { userId, keyHash: sha256(once.key), requestHash: once.requestHash };
  return app.database.write(async (db) => {
    const held = await claimKey(db, claim);
    if (held !== null) return repeat<Answer>(held, once);
    const answer = await work(db);
    await storeAnswer(db, claim, seal(JSON.stringify(answer ?? null), once.key));
    return answer;
  });
}

function repeat<Answer>(held: { requestHash: string; answer: Uint8Array | null }, once: RequestKey): Answer {
  if (held.requestHash !== once.requestHash || held.answer === null) {
    throw new Refusal(422, "This idempotency key was used for another request. Use a new key.");
  }
  return JSON.parse(open(held.answer, once.key));
}

/** Answers may hold one-time links, so they are stored encrypted under the client's key, of which we keep only a hash. */
function seal(text: string, key: string): Uint8Array {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFor(key), nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

function open(sealed: Uint8Array, key: string): string {
  const decipher = createDecipheriv("aes-256-gcm", keyFor(key), sealed.subarray(0, 12));
  decipher.setAuthTag(sealed.subarray(12, 28));
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString("utf8");
}

function keyFor(key: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", key, "", "concord-idempotent-answer-v1", 32));
}
