import type { Express, RequestHandler } from "express";
import { isHost } from "./address.ts";

const proxyHeader = /^(forwarded|x-forwarded-.*|x-real-ip)$/;

/**
 * Express and Remix believe what these headers say of the address that was asked. Only the proxy in front of us may set
 * them, and only to what an address can be: a proxy may pass on what a browser made up.
 */
export function dropForged(web: Express): RequestHandler {
  const isTrusted: (address: string | undefined, hop: number) => boolean = web.get("trust proxy fn");
  return ({ socket, headers }, _response, next) => {
    const mayForward = isTrusted(socket.remoteAddress, 0);
    for (const name of Object.keys(headers)) {
      if (proxyHeader.test(name) && !(mayForward && isPossible(name, headers[name]))) delete headers[name];
    }
    next();
  };
}

function isPossible(name: string, value: string | string[] | undefined): boolean {
  if (typeof value !== "string") return false;
  if (name === "x-forwarded-host") return isHost(value);
  return name !== "x-forwarded-proto" || /^https?$/.test(value);
}
