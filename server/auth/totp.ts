import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Time-based one-time passwords of RFC 6238, as authenticator apps make them: SHA-1, 30 seconds, 6 digits. */
const stepSeconds = 30;
const secretBytes = 20;

export function newSecret(): Uint8Array {
  return new Uint8Array(randomBytes(secretBytes));
}

export function stepOf(now: Date): number {
  return Math.floor(now.getTime() / 1000 / stepSeconds);
}

/**
 * The code of one time step.
 *
 * @example totpAt(new TextEncoder().encode("12345678901234567890"), 1, 8) === "94287082"
 */
export function totpAt(secret: Uint8Array, step: number, digits = 6): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0xf;
  const number = (mac.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 10 ** digits;
  return String(number).padStart(digits, "0");
}

/** The time steps a code can belong to, oldest first: this one, and one to each side for a clock that is off. */
export function stepsOf(secret: Uint8Array, code: string, now: Date): number[] {
  if (!/^\d{6}$/.test(code)) return [];
  const current = stepOf(now);
  const given = Buffer.from(code);
  return [current - 1, current, current + 1].filter((step) =>
    timingSafeEqual(Buffer.from(totpAt(secret, step)), given),
  );
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** RFC 4648, without padding: how apps take a secret that is typed. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => alphabet[Number.parseInt(group.padEnd(5, "0"), 2)]).join("");
}

/** The link that opens an authenticator app with everything filled in; also what its camera reads. */
export function otpauthLink(secret: Uint8Array, account: { email: string; host: string }): string {
  const label = `Concord ${account.host}:${account.email}`;
  const query = `secret=${base32(secret)}&issuer=${encodeURIComponent(`Concord ${account.host}`)}`;
  return `otpauth://totp/${encodeURIComponent(label)}?${query}&algorithm=SHA1&digits=6&period=${stepSeconds}`;
}
