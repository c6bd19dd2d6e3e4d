import { hash, verify } from "@node-rs/argon2";
import { z } from "zod";
import { Refusal } from "../refusal.ts";

/** Argon2id is the package's default algorithm. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const mostAtOnce = 2;
const mostWaiting = 50;

/** At least 15 characters, at most 256; nothing else is asked of them. Compared after NFKC. */
export const newPassword = z
  .string()
  .transform((text) => text.normalize("NFKC"))
  .refine((text) => [...text].length >= 15, "Use at least 15 characters; a sentence works well.")
  .refine((text) => [...text].length <= 256, "Use at most 256 characters.")
  .refine((text) => !text.includes("\u0000"), "This text holds a control character. Remove it.");

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Costs the same whether or not there is a hash to compare with. */
  verify(passwordHash: string | null, password: string): Promise<boolean>;
}

/** Argon2id, two at a time, so that a burst of sign-ins cannot take all memory. */
export function makePasswords(): Passwords {
  const turnstile = makeTurnstile();
  let dummy: Promise<string> | null = null;
  return {
    hash: (password) => turnstile(() => hash(password.normalize("NFKC"), parameters)),
    async verify(passwordHash, password) {
      dummy ??= hash("no account has this password", parameters);
      const against = passwordHash ?? (await dummy);
      const isRight = await turnstile(() => verify(against, password.normalize("NFKC")));
      return isRight && passwordHash !== null;
    },
  };
}

function makeTurnstile() {
  const waiting: (() => void)[] = [];
  let running = 0;
  const leave = () => {
    running -= 1;
    waiting.shift()?.();
  };
  return async function pass<Result>(work: () => Promise<Result>): Promise<Result> {
    if (running >= mostAtOnce) {
      if (waiting.length >= mostWaiting)
        throw new Refusal(503, "Many people are signing in. Try again in a few seconds.", { retryAfterSeconds: 5 });
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    running += 1;
    return work().finally(leave);
  };
}
