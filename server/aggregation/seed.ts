import { methodName } from "#rubric/reconcile.ts";
import { sha256 } from "../hash.ts";

/** The seed for one purpose, in hex, from the hash of what the figures are computed from. */
export function seedFor(inputHash: string, purpose: string): string {
  return sha256(`concord-seed-v1\n${inputHash}\n${methodName}\n${purpose}`);
}
