import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { calls } from "#server/api/calls.ts";
import { builtPages } from "#tests/support/built-pages.ts";
import { type LiveServer, openRaw, startLiveServer } from "#tests/support/live.ts";
import { aPanel, type TestPanel } from "#tests/support/panels.ts";
import { type RawAnswer, rawRequest } from "#tests/support/raw-http.ts";

let server: LiveServer;
let panel: TestPanel;
let sql: postgres.Sql;
beforeAll(async () => {
  server = await startLiveServer({ build: builtPages });
  panel = await aPanel(server);
  await server.app.aggregation.drain();
  sql = postgres(server.databaseUrl, { max: 1 });
});
afterAll(async () => {
  await sql.end();
  await server.stop();
});

type Headers = Record<string, string>;

/** Where a request may say it comes from; the second value is whether that is one of our own pages. */
const origins = (): [string | undefined, boolean][] => {
  const { port } = new URL(server.url);
  return [
    [undefined, false],
    [server.url, true],
    [`http://localhost:${port}`, true],
    ["null", false],
    ["https://evil.example", false],
    [`${server.url}.evil.example`, false],
    [`https://127.0.0.1:${port}`, false],
    ["http://127.0.0.1:1", false],
  ];
};
const sites = [undefined, "same-origin", "none", "same-site", "cross-site", "", "same-origin, cross-site"];
const forwarded: Headers[] = [
  {},
  {
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    "x-forwarded-for": "127.0.0.1",
    forwarded: "host=evil.example",
  },
];
const types = [
  "application/json",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "text/plain",
  undefined,
];
const credentials = ["cookie", "nothing", "bearer", "bearer and cookie", "basic and cookie"] as const;

interface Asked {
  readonly origin: string | undefined;
  readonly isOwn: boolean;
  readonly site: string | undefined;
  readonly credential: (typeof credentials)[number];
}

/** The rule of CSRF, written down a second time. */
function mayPass({ origin, isOwn, site, credential }: Asked): boolean {
  if (credential.startsWith("bearer")) return true;
  if (site !== undefined) return site === "same-origin" || site === "none";
  if (origin !== undefined) return isOwn;
  return credential === "nothing";
}

function headersOf({ origin, site, credential }: Asked, token: string): Headers {
  const cookie = `${server.app.accounts.cookieName}=${token}`;
  const shown: Headers = {
    ...(credential.includes("cookie") ? { cookie } : {}),
    ...(credential.includes("bearer") ? { authorization: `Bearer ${token}` } : {}),
    ...(credential.includes("basic") ? { authorization: "Basic YTpi" } : {}),
  };
  return {
    ...shown,
    ...(origin === undefined ? {} : { origin }),
    ...(site === undefined ? {} : { "sec-fetch-site": site }),
  };
}

function* askedBy(kinds: readonly Asked["credential"][]): Generator<Asked> {
  for (const [origin, isOwn] of origins())
    for (const site of sites) for (const credential of kinds) yield { origin, isOwn, site, credential };
}

async function freshToken(): Promise<string> {
  return (await server.app.accounts.openSession(panel.facilitator.userId)).sessionId;
}

const isRefusal = ({ status, text }: RawAnswer) =>
  status === 403 && text.includes("This request comes from another site");

/** How much there is of everything that a request could add to or take from, other than sessions. */
async function stock(): Promise<unknown> {
  const [row] = await sql`
    select (select count(*) from app_user) as people, (select count(*) from panel) as panels,
      (select count(*) from invitation) as invitations, (select count(*) from member) as members,
      (select count(*) from score_revision) as scores, (select count(*) from audit_event) as events,
      (select count(*) from personal_token) as tokens, (select sum(version) from panel) as versions,
      (select string_agg(password_hash, ',') from app_user) as passwords`;
  return row;
}

function pathOf(pattern: string): string {
  const names: Record<string, string> = {
    panelId: panel.panelId,
    memberId: panel.reviewers[0]!.memberId,
    policyId: "P1",
    criterionId: "I1",
  };
  return pattern.replaceAll(/:(\w+)/g, (_, name) => names[name] ?? "00000000-0000-4000-8000-000000000000");
}

interface Target {
  readonly method: string;
  readonly pattern: string;
  readonly type: string;
}

const writes = calls.filter(({ method }) => method !== "GET");
const pagesWithActions = async (): Promise<string[]> => {
  const { routes } = await builtPages();
  const all = Object.values(routes).flatMap((route) => (route?.module.action ? [route] : []));
  return all.map(({ path = "" }) => `/${path}`);
};

async function targets(): Promise<Target[]> {
  const json = "application/json";
  const form = "application/x-www-form-urlencoded";
  const api = writes.map(({ method, path }) => ({ method, pattern: `/api/v1${path}`, type: json }));
  const documents = (await pagesWithActions()).map((pattern) => ({ method: "POST", pattern, type: form }));
  const data = documents.map((target) => ({ ...target, pattern: `${target.pattern}.data` }));
  const others = ["PUT", "PATCH", "DELETE", "PROPFIND"].flatMap((method) => [
    { method, pattern: "/api/v1/panels", type: json },
    { method, pattern: "/panels", type: form },
  ]);
  return [...api, ...documents, ...data, ...others, { method: "POST", pattern: "/healthz", type: json }];
}

test("the routes that write are all here", async () => {
  expect(writes.length).toBeGreaterThan(12);
  expect((await pagesWithActions()).sort()).toEqual([
    "/admin",
    "/invitations/:token",
    "/panels/:panelId/manage",
    "/panels/:panelId/receipt",
    "/panels/:panelId/score",
    "/panels/:panelId/score/check",
    "/panels/:panelId/set-up",
    "/panels/new",
    "/profile",
    "/reset",
    "/reset/:token",
    "/set-up",
    "/sign-in",
    "/sign-in/code",
    "/sign-in/two-step",
    "/sign-out",
  ]);
});

test("every route that writes refuses other sites' pages, and does nothing for them", async () => {
  const before = await stock();
  const faults: unknown[] = [];
  let refused = 0;
  for (const { method, pattern, type } of await targets()) {
    const token = await freshToken();
    for (const asked of askedBy(["cookie", "nothing"])) {
      if (mayPass(asked)) continue;
      const headers = { ...headersOf(asked, token), "content-type": type, "content-length": "2" };
      const answer = await rawRequest(server.url, { method, path: pathOf(pattern), headers, body: "{}" });
      refused += 1;
      if (!isRefusal(answer)) faults.push({ method, pattern, ...asked, status: answer.status });
    }
  }
  expect(faults.slice(0, 10)).toEqual([]);
  expect(refused).toBeGreaterThan(1_000);
  expect(await stock()).toEqual(before);
}, 60_000);

test("every route that writes is open to our own pages", async () => {
  const faults: unknown[] = [];
  for (const { method, pattern, type } of await targets()) {
    for (const asked of askedBy(["cookie"])) {
      if (!mayPass(asked) || asked.site === "none") continue;
      const headers = { ...headersOf(asked, await freshToken()), "content-type": type, "content-length": "2" };
      const answer = await rawRequest(server.url, { method, path: pathOf(pattern), headers, body: "{}" });
      if (isRefusal(answer) || answer.status >= 500) faults.push({ method, pattern, ...asked, status: answer.status });
    }
  }
  expect(faults.slice(0, 10)).toEqual([]);
}, 60_000);

describe.each([
  ["the API", "/api/v1/tokens", '{"name":"A script"}', "application/json", 201],
  ["a form", "/profile.data", "_intent=token&name=A+script", "application/x-www-form-urlencoded", 200],
] as const)("%s answers as the rule says", (_what, path, body, rightType, success) => {
  test.each(credentials)(
    "with %s",
    async (credential) => {
      const token = await freshToken();
      const faults: unknown[] = [];
      const isKnown = path.startsWith("/api/") ? credential !== "nothing" && !credential.startsWith("basic") : true;
      for (const asked of askedBy([credential])) {
        for (const type of types) {
          for (const more of forwarded) {
            const headers = {
              ...headersOf(asked, token),
              ...more,
              ...(type === undefined ? {} : { "content-type": type }),
            };
            const answer = await rawRequest(server.url, {
              method: "POST",
              path,
              headers: { ...headers, "content-length": String(body.length) },
              body,
            });
            const wanted = expectedStatus({ asked, isRightType: type === rightType, isKnown, success });
            const status = path.startsWith("/api/") ? answer.status : formStatus(answer, credential);
            if (status !== wanted) faults.push({ ...asked, type, ...more, status, wanted });
          }
        }
      }
      expect(faults.slice(0, 10)).toEqual([]);
    },
    60_000,
  );
});

interface Case {
  readonly asked: Asked;
  readonly isRightType: boolean;
  readonly isKnown: boolean;
  readonly success: number;
}

function expectedStatus({ asked, isRightType, isKnown, success }: Case): number {
  if (!mayPass(asked)) return 403;
  if (!isKnown) return 401;
  return isRightType ? success : 415;
}

/** A form of nobody is refused in words; here only the door counts. */
function formStatus({ status }: RawAnswer, credential: string): number {
  const isNobody = credential === "nothing" || credential.startsWith("basic");
  return isNobody && status === 401 ? 200 : status;
}

describe("the handshake", () => {
  const shown = ["nothing", "cookie", "token"] as const;

  /** How the door answers, and then the namespace: `40` lets in, `44` refuses. */
  async function shakeHands(origin: string | undefined, credential: string, more: Headers): Promise<string> {
    const token = await freshToken();
    const raw = await openRaw(server, {
      ...more,
      ...(origin === undefined ? {} : { Origin: origin }),
      ...(credential === "cookie" ? { Cookie: `${server.app.accounts.cookieName}=${token}` } : {}),
    });
    if (!raw.received().startsWith("HTTP/1.1 101")) return raw.received().slice(9, 12);
    raw.text(credential === "token" ? `40${JSON.stringify({ token })}` : "40");
    await expect.poll(() => raw.received(), { interval: 2 }).toMatch(/4[04]\{"(sid|message)/);
    raw.connection.destroy();
    return raw.received().includes('44{"message"') ? "unauthorized" : "in";
  }

  function expected(isOwn: boolean, origin: string | undefined, credential: string): string {
    if (origin !== undefined && !isOwn) return "403";
    if (credential === "token" || (credential === "cookie" && isOwn)) return "in";
    return "unauthorized";
  }

  test("lets in our own pages' cookies and tokens, and from other pages nobody", async () => {
    const outcomes: unknown[] = [];
    const wanted: unknown[] = [];
    for (const [origin, isOwn] of origins()) {
      for (const credential of shown) {
        for (const more of [...forwarded, { "Sec-Fetch-Site": "same-origin" }]) {
          outcomes.push([origin, credential, await shakeHands(origin, credential, more)]);
          wanted.push([origin, credential, expected(isOwn, origin, credential)]);
        }
      }
    }
    expect(outcomes).toEqual(wanted);
  }, 60_000);
});

describe("behind a proxy", () => {
  const throughProxy = async (trustProxy: string | null, headers: Headers) => {
    const behind = await startLiveServer({
      build: builtPages,
      config: { trustProxy, publicUrl: "https://panels.example" },
    });
    const answers = [];
    for (const path of ["/sign-in", "/api/v1/templates"]) answers.push(await rawRequest(behind.url, { path, headers }));
    await behind.stop();
    return answers.map(({ status }) => status);
  };

  test.each([
    ["evil.example"],
    ["evil.example, panels.example"],
    ["a b"],
    ["[::1"],
    [":0"],
    ["x:99999"],
    ["\u00e9"],
    ["x/../y"],
    ["user@evil.example"],
  ])("the forwarded host %j never ends in a fault of ours", async (host) => {
    const headers = { "x-forwarded-host": host, "x-forwarded-proto": "gopher:// ", "x-forwarded-for": "nonsense, ,1" };
    expect(await throughProxy(null, headers)).toEqual([200, 200]);
    expect(await throughProxy("loopback", headers)).toEqual([200, 200]);
  });

  test("what the trusted proxy says of the address is believed, and what others say is not", async () => {
    const seen = async (trustProxy: string | null) => {
      const behind = await startLiveServer({ config: { trustProxy } });
      const asked: unknown[] = [];
      behind.server.prependListener("request", (request, response) =>
        response.once("close", () =>
          asked.push(request.headers["x-forwarded-host"], request.headers["x-forwarded-for"]),
        ),
      );
      const headers = {
        "x-forwarded-host": "panels.example",
        "x-forwarded-for": "192.0.2.1",
        "x-forwarded-proto": "https",
      };
      await rawRequest(behind.url, { path: "/healthz", headers });
      await expect.poll(() => asked.length).toBe(2);
      await behind.stop();
      return asked;
    };
    expect(await seen("127.0.0.1")).toEqual(["panels.example", "192.0.2.1"]);
    expect(await seen("192.0.2.7")).toEqual([undefined, undefined]);
    expect(await seen(null)).toEqual([undefined, undefined]);
  });
});
