import type { IncomingMessage } from "node:http";
import { Refusal } from "#server/refusal.ts";

const longestBody = 64 * 1024;

/**
 * The text of a request's JSON body; empty when there is none.
 * @throws Refusal 413, 415, or 400 for bytes that are not UTF-8
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const { headers } = request;
  if (Number(headers["content-length"] ?? 0) > longestBody) throw tooLong();
  const hasBody = headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  if (hasBody || headers["content-type"] !== undefined) refuseOtherTypes(headers);
  return hasBody ? decoded(await collect(request)) : "";
}

/**
 * The value of a JSON text; an empty text stands for `{}`.
 * @throws Refusal 400
 */
export function parseJson(text: string): unknown {
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "The body is not JSON.");
  }
}

function refuseOtherTypes(headers: IncomingMessage["headers"]): void {
  const [type = "", ...parameters] = (headers["content-type"] ?? "")
    .toLowerCase()
    .split(";")
    .map((part) => part.trim());
  const charsets = parameters.filter((parameter) => parameter.startsWith("charset="));
  const isUtf8 = charsets.every((charset) => /^charset="?utf-8"?$/.test(charset));
  if (type !== "application/json" || !isUtf8 || headers["content-encoding"] !== undefined) {
    throw new Refusal(415, "Send the body as application/json, in UTF-8.");
  }
}

function collect(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > longestBody) reject(tooLong());
      else chunks.push(chunk);
    });
    request.once("end", () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once("error", reject);
  });
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal(400, "The body is not UTF-8.");
  }
}

function tooLong(): Refusal {
  return new Refusal(413, "Send at most 64 KiB.");
}
