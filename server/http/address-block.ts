import { isIPv4 } from "node:net";

/**
 * The network that an address belongs to, as far as rates are concerned: whoever has one address may have its
 * neighbours too. The first 24 bits of IPv4, the first 64 of IPv6.
 * @example addressBlock("192.0.2.17") // "192.0.2"
 * @example addressBlock("2001:db8::1") // "2001:db8:0:0"
 */
export function addressBlock(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
  if (isIPv4(plain)) return plain.split(".", 3).join(".");
  const [head = "", tail] = plain.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  const groups = tail === undefined ? [...head] : [...head, ...zeros(8 - head.length - tail.length), ...tail];
  return groups.slice(0, 4).join(":");
}

function zeros(count: number): string[] {
  return Array.from({ length: Math.max(0, count) }, () => "0");
}
