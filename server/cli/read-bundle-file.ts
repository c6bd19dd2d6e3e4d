import { readFile } from "node:fs/promises";
import { isBundle } from "#server/reports/verify-bundle.ts";

/**
 * What a file says that claims to be a bundle.
 * @throws Error with one sentence where it cannot be read or claims nothing of the kind
 */
export async function readBundleFile(file: string): Promise<unknown> {
  const value = parsed(await textIn(file));
  if (!isBundle(value))
    throw new Error(`${file} is not a bundle: it must be a JSON file whose format is concord-bundle/1.`);
  return value;
}

/** @throws Error with one sentence where the file cannot be read */
export async function textIn(file: string): Promise<string> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) throw new Error(`${file} cannot be read.`);
  return text.replace(/^\uFEFF/, "");
}

/** What a text holds as JSON; `null` where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
