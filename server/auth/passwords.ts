import { hash, verify } from "@node-rs/argon2";
import { z } from "zod";
import { isWellFormed } from "#rubric/text.ts";
import { makeTurnstile } from "./turnstile.ts";

/** Argon2id is the package's default algorithm. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const asStored = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;

/** At least 15 characters, at most 256; nothing else is asked of their kind. Compared after NFKC. */
export const newPassword = z
  .string()
  .transform((text) => text.normalize("NFKC"))
  .refine((text) => [...text].length >= 15, "Use at least 15 characters; a sentence works well.")
  .refine((text) => [...text].length <= 256, "Use at most 256 characters.")
  .refine(isWellFormed, "This text holds a broken character. Type it again.")
  .refine((text) => !text.includes("\u0000"), "This text holds a control character. Remove it.");

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Costs the same whether or not there is a hash to compare with. */
  verify(passwordHash: string | null, password: string): Promise<boolean>;
  /** Whether a hash was made with other parameters than today's, so that it should be made again. */
  isOutdated(passwordHash: string): boolean;
}

/** Argon2id, two at a time, so that a burst of sign-ins cannot take all memory. */
export function makePasswords(): Passwords {
  const pass = makeTurnstile({ mostAtOnce: 2, mostWaiting: 50, patienceMs: 5_000 });
  let dummy: Promise<string> | null = null;
  return {
    hash: (password) => pass(() => hash(password.normalize("NFKC"), parameters)),
    async verify(passwordHash, password) {
      dummy ??= hash("no account has this password", parameters);
      // Waited for in both cases: the very first attempt takes as long for a known address as for an unknown one.
      const nobodys = await dummy;
      const isRight = await pass(() => verify(passwordHash ?? nobodys, password.normalize("NFKC")));
      return isRight && passwordHash !== null;
    },
    isOutdated: (passwordHash) => !asStored.test(passwordHash),
  };
}
