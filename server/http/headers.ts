import { randomBytes } from "node:crypto";
import type { RequestHandler, Response } from "express";
import helmet from "helmet";
import type { Application } from "#server/application.ts";
import { ownOrigins } from "./own-origins.ts";

const noBrowserFeatures = ["camera", "display-capture", "geolocation", "microphone", "midi", "payment", "usb"]
  .map((feature) => `${feature}=()`)
  .join(", ");

/** The headers of every answer. Pages widen the policy afterwards, for their own scripts and styles. */
export function securityHeaders(app: Application): RequestHandler {
  const isSecure = app.publicUrl.startsWith("https://");
  const setMost = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    frameguard: { action: "deny" },
    // With `no-referrer`, helmet's default, browsers send `Origin: null` with our own forms.
    referrerPolicy: { policy: "same-origin" },
    strictTransportSecurity: isSecure,
  });
  return (request, response, next) => {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Permissions-Policy", noBrowserFeatures);
    setMost(request, response, next);
  };
}

export interface PagePolicyOptions {
  /** Vite puts styles into the page while developing. */
  readonly isDevelopment: boolean;
}

/** Lets a page run its own scripts, and no others: answers the nonce that they carry. */
export function makePagePolicy(app: Application, { isDevelopment }: PagePolicyOptions): (response: Response) => string {
  const sockets = socketSources(app).join(" ");
  const styles = isDevelopment ? "'self' 'unsafe-inline'" : "'self'";
  const rest = [
    `style-src ${styles}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${sockets}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return (response) => {
    const nonce = randomBytes(16).toString("base64");
    const scripts = `script-src 'self' 'nonce-${nonce}'`;
    response.setHeader("Content-Security-Policy", `default-src 'none'; ${scripts}; ${rest}`);
    return nonce;
  };
}

/** Some browsers do not count a web socket to the page's own host as `'self'`. A policy cannot name an IPv6 address. */
function socketSources(app: Application): string[] {
  const named = [...ownOrigins(app)].filter((origin) => !origin.includes("["));
  return named.map((origin) => origin.replace(/^http/, "ws"));
}
