import fc from "fast-check";
import { builtPages } from "#tests/support/built-pages.ts";
import { type Ground, roles } from "./ground.ts";
import { hostileText, percentEncoded } from "./hostile.ts";
import type { Kind } from "./kinds.ts";
import type { Sent } from "./sent.ts";

const by = fc.constantFrom(...roles);
const asBytes = (text: string) => Buffer.from(text, "utf8").toString("latin1");
const odd = hostileText.map(asBytes);
/** What cannot end a line too early. */
const oddWord = odd.map((text) => text.replaceAll(/[\r\n ]/g, "") || "x");

/** What no client library sends: addresses, headers and whole requests, written by hand. */
export async function byteKinds(ground: Ground): Promise<Kind[]> {
  const { assets } = await builtPages();
  return [
    { name: "path", cases: withBytes(paths) },
    { name: "manifest", cases: withBytes(manifests(assets.version)) },
    { name: "headers", cases: withBytes(headers(ground)) },
    { name: "upgrade", cases: withBytes(upgrades) },
    { name: "bytes", cases: withBytes(requests) },
  ];
}

function withBytes(bytes: fc.Arbitrary<string>): fc.Arbitrary<Sent> {
  return fc.record({ way: fc.constant("bytes" as const), by, bytes });
}

function requestTo(path: string, lines: readonly string[] = []): string {
  return [`GET ${path} HTTP/1.1`, "Host: @host@", "Connection: close", ...lines, "", ""].join("\r\n");
}

const segment = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.constantFrom(
      "panels",
      "api",
      "v1",
      "templates",
      "socket.io",
      "__manifest",
      "assets",
      "healthz",
      ".",
      "..",
      "%2e%2e",
      "%2f",
      "%5c..",
      "",
      "sign-in.data",
      "_root.data",
      ".data",
      "new",
      "%c0%ae",
      ";x",
      "@evil.example",
      "http:",
      "%",
    ),
  },
  { weight: 1, arbitrary: oddWord },
  { weight: 4, arbitrary: hostileText.map(percentEncoded) },
);
const paths = fc
  .tuple(
    fc.array(segment, { minLength: 1, maxLength: 12 }),
    fc.constantFrom("/", "/", "/", "//", "\\", "/./", "http://evil.example/", "*", "?"),
    fc.constantFrom("", "?", "?x", "#x", "/", "?_routes=a", "&"),
  )
  .map(([segments, first, last]) => requestTo(first + segments.join("/") + last));

const manifests = (version: string) =>
  fc
    .record({
      prefix: fc.constantFrom("/", "/", "/./", "//", "/x/../", "/%2e/"),
      version: fc.constantFrom(version, version, version, "0"),
      paths: fc.array(
        fc.oneof(
          fc.integer({ min: 1, max: 600 }).map((depth) => "/a".repeat(depth)),
          fc.integer({ min: 1, max: 600 }).map((depth) => "/".repeat(depth)),
          fc.constantFrom("/panels/x/board/P1/I1", "/panels", "", "//", "\\a\\b"),
          hostileText,
        ),
        { maxLength: 40 },
      ),
      separator: fc.constantFrom("&p=", "&p=", "&p[]=", "&P="),
    })
    .map(({ prefix, version: told, paths: all, separator }) => {
      const query = all.map((path) => separator + percentEncoded(path)).join("");
      return requestTo(`${prefix}__manifest?version=${told}${query}`);
    });

const headerNames = [
  "Cookie",
  "Authorization",
  "Host",
  "Accept",
  "Accept-Encoding",
  "Accept-Language",
  "Range",
  "If-None-Match",
  "If-Modified-Since",
  "Content-Type",
  "Content-Length",
  "Content-Encoding",
  "Transfer-Encoding",
  "Expect",
  "Origin",
  "Referer",
  "Sec-Fetch-Site",
  "X-Forwarded-Host",
  "X-Forwarded-For",
  "X-Forwarded-Proto",
  "Forwarded",
  "Idempotency-Key",
  "X-HTTP-Method-Override",
  "X-Remix-Redirect",
  "Purpose",
  "Te",
  "Trailer",
  "Connection",
];
const headers = (ground: Ground) =>
  fc
    .record({
      path: fc.constantFrom(
        "/sign-in",
        "/panels",
        "/panels.data",
        "/api/v1/panels",
        "/healthz",
        "/favicon.svg",
        "/api/v1/tokens",
      ),
      lines: fc.array(
        fc.tuple(
          fc.oneof({ arbitrary: fc.constantFrom(...headerNames), weight: 12 }, { arbitrary: oddWord, weight: 1 }),
          fc.oneof(
            { arbitrary: oddWord, weight: 1 },
            {
              weight: 3,
              arbitrary: fc.constantFrom(
                `${ground.cookieName}=@session@`,
                `${ground.cookieName}=@session@; ${ground.cookieName}=x`,
                `${ground.cookieName}="@session@"; __proto__=1`,
                "Bearer @session@",
                "Bearer  ",
                "Bearer @session@ x",
                "bytes=0-,1-,2-",
                "bytes=9999999999-",
                "chunked",
                "chunked, identity",
                "100-continue",
                "gzip",
                "-1",
                "1e3",
                "[::1",
                "a=b;".repeat(200),
              ),
            },
          ),
        ),
        { minLength: 1, maxLength: 6 },
      ),
    })
    .map(({ path, lines }) =>
      requestTo(
        path,
        lines.map(([name, value]) => `${name}: ${value}`),
      ),
    );

const upgrades = fc
  .record({
    path: fc.constantFrom(
      "/socket.io/?EIO=4&transport=websocket",
      "/socket.io/?EIO=3&transport=websocket",
      "/socket.io/?EIO=4&transport=polling",
      "/socket.io/?EIO=4&transport=__proto__",
      "/socket.io/?EIO=4&transport=constructor",
      "/socket.io/?EIO=4&transport=websocket&transport=polling",
      "/socket.io/?EIO=4&transport=websocket&sid=x",
      "/socket.io/?EIO=4&transport=websocket&sid=__proto__",
      "/socket.io/?EIO[a]=4&transport[toString]=x",
      "/socket.io/?EIO=4&transport=websocket&t=%00%zz",
      "/socket.io/../?EIO=4&transport=websocket",
      "/socket.io",
      "/",
      "/api/v1/panels",
    ),
    method: fc.constantFrom("GET", "GET", "GET", "POST", "CONNECT", "HEAD"),
    upgrade: fc.constantFrom("websocket", "websocket", "h2c", "WebSocket, foo", "", "\u0000"),
    key: fc.oneof(fc.constantFrom("dGhlIHNhbXBsZSBub25jZQ==", "", "x", "dGhlIHNhbXBsZSBub25jZQ==, y"), oddWord),
    version: fc.constantFrom("13", "13", "8", "0", "999999999999", "a"),
    extensions: fc.constantFrom(
      "",
      "permessage-deflate; client_max_window_bits",
      "permessage-deflate; server_max_window_bits=99; __proto__",
      `x;${"a=b;".repeat(300)}`,
      ",,,;;;",
    ),
    rest: fc.oneof(fc.constant(""), fc.string({ unit: "binary-ascii", maxLength: 60 })),
  })
  .map(({ path, method, upgrade, key, version, extensions, rest }) =>
    [
      `${method} ${path} HTTP/1.1`,
      "Host: @host@",
      "Connection: Upgrade",
      `Upgrade: ${upgrade}`,
      `Sec-WebSocket-Version: ${version}`,
      `Sec-WebSocket-Key: ${key}`,
      ...(extensions === "" ? [] : [`Sec-WebSocket-Extensions: ${extensions}`]),
      "Origin: http://@host@",
      "",
      rest,
    ].join("\r\n"),
  );

const wholeRequests = [
  requestTo("/healthz"),
  requestTo("/sign-in"),
  "POST /api/v1/session HTTP/1.1\r\nHost: @host@\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
  "POST /api/v1/session HTTP/1.1\r\nHost: @host@\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
  "POST /sign-in HTTP/1.1\r\nHost: @host@\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b",
  "POST /sign-in HTTP/1.1\r\nHost: @host@\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "GET /healthz\r\n\r\n",
  "GET /healthz HTTP/0.9\r\n\r\n",
  "OPTIONS * HTTP/1.1\r\nHost: @host@\r\n\r\n",
  `GET /healthz HTTP/1.1\r\nHost: @host@\r\n${"A: b\r\n".repeat(300)}\r\n`,
  "GET /healthz HTTP/1.1\r\nHost: @host@\r\n\r\n".repeat(20),
  "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
];
/** Whole requests with bytes put in, taken out and repeated. */
const requests = fc
  .record({
    text: fc.constantFrom(...wholeRequests),
    edits: fc.array(
      fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), drop: fc.nat({ max: 4 }), insert: odd }),
      { maxLength: 3 },
    ),
  })
  .map(({ text, edits }) =>
    edits.reduce((so, { at, drop, insert }) => {
      const place = Math.floor(at * so.length);
      return so.slice(0, place) + insert + so.slice(place + drop);
    }, text),
  );
