import { readFile } from "node:fs/promises";
import { strFromU8, unzipSync } from "fflate";
import { isBundle } from "#server/reports/verify-bundle.ts";

const inZip = "bundle.json";

/**
 * What a file says that claims to be a bundle, or that holds one beside what is made from it.
 * @throws Error with one sentence where it cannot be read or claims nothing of the kind
 */
export async function readBundleFile(file: string): Promise<unknown> {
  const bytes = await bytesIn(file);
  const value = parsed(isZip(bytes) ? bundleIn(bytes, file) : textOf(bytes));
  if (!isBundle(value))
    throw new Error(`${file} is not a bundle: it must be a JSON file whose format is concord-bundle/1.`);
  return value;
}

/** @throws Error with one sentence where the file cannot be read */
export async function textIn(file: string): Promise<string> {
  return textOf(await bytesIn(file));
}

async function bytesIn(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null) throw new Error(`${file} cannot be read.`);
  return bytes;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString("utf8")
    .replace(/^\uFEFF/, "");
}

function isZip(bytes: Uint8Array): boolean {
  return strFromU8(bytes.subarray(0, 4), true) === "PK\x03\x04";
}

function bundleIn(bytes: Uint8Array, file: string): string {
  const found = unzipped(bytes, file)[inZip];
  if (!found) throw new Error(`${file} is a zip without a ${inZip}, so it is no export of a panel.`);
  return textOf(found);
}

function unzipped(bytes: Uint8Array, file: string): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter: ({ name }) => name === inZip });
  } catch (cause) {
    throw new Error(`${file} is a damaged zip.`, { cause });
  }
}

/** What a text holds as JSON; `null` where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
