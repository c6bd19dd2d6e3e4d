/** What is known of whoever sends a request before anybody says who they are. */
export interface Visitor {
  /** The neighbourhood a request comes from: the first 24 bits of an IPv4 address, 64 of an IPv6 one. */
  readonly addressBlock: string;
  /** What they use, in a few words, for the list of their sessions. */
  readonly browser: string;
  /** The session a cookie names, over or not; it ends when somebody signs in anew. */
  readonly formerSessionId: string | null;
  /** From the cookie of a browser in which somebody signed in before. */
  readonly deviceToken: string | null;
  /** From the cookie of somebody who has given the right password and owes a second step. */
  readonly stepToken: string | null;
}

const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/\b(?:Chrome|Chromium|CriOS|HeadlessChrome)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\b(?:iPhone|iPad)\b/, "iOS"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

/** `Firefox on Windows`. Only words from our own lists, whatever was sent. */
export function browserWords(userAgent: string | undefined): string {
  const browser = wordFor(browsers, userAgent ?? "");
  const system = wordFor(systems, userAgent ?? "");
  if (browser === null) return "a program";
  return system === null ? browser : `${browser} on ${system}`;
}

function wordFor(list: readonly (readonly [RegExp, string])[], text: string): string | null {
  return list.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
