import { createHash, createHmac, randomBytes } from "node:crypto";
import { canonical } from "#rubric/canonical.ts";

/** SHA-256 of bytes, or of a text's UTF-8 bytes, as lower-case hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** SHA-256 of a value's canonical JSON text. */
export function hashOf(value: unknown): string {
  return sha256(canonical(value));
}

/** HMAC-SHA-256 of a text's UTF-8 bytes, as lower-case hex; the key is given in hex too. */
export function hmacOf(key: string, text: string): string {
  return createHmac("sha256", Buffer.from(key, "hex")).update(text, "utf8").digest("hex");
}

/** An order key that says nothing about what it is made from to anyone without the panel's secret. */
export function orderKey(secret: Uint8Array, text: string): string {
  return createHmac("sha256", secret).update(text, "utf8").digest("hex");
}

/** Bytes as lower-case hex. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** 32 random bytes for a link or a token, safe in an address. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}
