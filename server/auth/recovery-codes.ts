import { randomInt } from "node:crypto";
import { sha256 } from "../hash.ts";

/** No 0, 1, i, l, o: what could be misread on paper. */
const alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
const codes = 10;
const groups = 4;
const groupLength = 4;

/** Ten codes of 79 bits each, to be shown once: `k7fq-2mzd-9xhw-cv4t`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: codes }, () => Array.from({ length: groups }, newGroup).join("-"));
}

function newGroup(): string {
  return Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join("");
}

/** How a code is kept, however it was typed. Their randomness makes a slow hash needless. */
export function recoveryCodeHash(code: string): string {
  return sha256(`recovery ${code.toLowerCase().replaceAll(/[^a-z0-9]/g, "")}`);
}
