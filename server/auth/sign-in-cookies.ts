import type { Visitor } from "./visitor.ts";

/** The session's cookie, and those beside it: what a browser is known by, and the place of a sign-in that is half done. */
export interface SignInCookies {
  sessionId(header: string | undefined): string | null;
  read(header: string | undefined): Pick<Visitor, "formerSessionId" | "deviceToken" | "stepToken">;
  device(token: string): string;
  step(token: string): string;
  blankStep(): string;
}

const yearSeconds = 365 * 24 * 60 * 60;

/** @param prefix the session cookie's name, which these begin with */
export function makeSignInCookies(prefix: string, isSecure: boolean): SignInCookies {
  const names = { device: `${prefix}-device`, step: `${prefix}-step` };
  const common = `; HttpOnly; Path=/; SameSite=Lax${isSecure ? "; Secure" : ""}`;
  const sessionId = (header: string | undefined) => tokenIn(header, prefix);
  return {
    sessionId,
    read: (header) => ({
      formerSessionId: sessionId(header),
      deviceToken: tokenIn(header, names.device),
      stepToken: tokenIn(header, names.step),
    }),
    device: (token) => `${names.device}=${token}; Max-Age=${yearSeconds}${common}`,
    step: (token) => `${names.step}=${token}${common}`,
    blankStep: () => `${names.step}=; Max-Age=0${common}`,
  };
}

/** Our own tokens only; whatever else stands there is no cookie of ours, and need not even be readable. */
function tokenIn(header: string | undefined, name: string): string | null {
  for (const part of (header ?? "").split(";")) {
    const [key = "", value = ""] = part.trim().split("=", 2);
    if (key === name) return /^[\w-]{43}$/.test(value) ? value : null;
  }
  return null;
}
