import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dataOf, killServer } from "#tests/support/embedded.ts";
import { freshDatabase } from "#tests/support/postgres.ts";
import { quickFolder } from "#tests/support/quick-folder.ts";
import { failToStart, type ServerProcess, spawnServer, startProcess } from "#tests/support/server-process.ts";

/** Ends a server that is starting on an empty folder with these signals, and tells how it went. */
async function stopEarly(signals: readonly NodeJS.Signals[]) {
  const folder = quickFolder("concord-early-stop-");
  const lockFile = join(dataOf(folder), "postmaster.pid");
  const { child } = spawnServer({ PORT: "0", DATA_DIR: folder, LOG_LEVEL: "silent" });
  await expect.poll(() => existsSync(lockFile), { timeout: 30_000 }).toBe(true);
  for (const signal of signals) child.kill(signal);
  await once(child, "close");
  const ended = { code: child.exitCode, signal: child.signalCode, isDatabaseUp: existsSync(lockFile) };
  await killServer(folder);
  rmSync(folder, { recursive: true, force: true });
  return ended;
}

test("a stop that comes while it is starting is in good order, and leaves no database running", {
  timeout: 60_000,
}, async () => {
  expect(await stopEarly(["SIGTERM"])).toEqual({ code: 0, signal: null, isDatabaseUp: false });
});

test("Ctrl+C under npm, which reaches the server twice at once, is one stop in good order", {
  timeout: 60_000,
}, async () => {
  expect(await stopEarly(["SIGINT", "SIGTERM"])).toEqual({ code: 0, signal: null, isDatabaseUp: false });
});

describe("a server on an empty data folder", () => {
  const folder = quickFolder("concord-process-");
  const settings = { PORT: "0", DATA_DIR: folder, LOG_LEVEL: "silent" };
  let first: ServerProcess;
  beforeAll(async () => {
    first = await startProcess(settings);
  });
  afterAll(async () => {
    await first.end();
    await killServer(folder);
    rmSync(folder, { recursive: true, force: true });
  });

  test("loads the demonstration, says who can enter and tells the set-up link once", async () => {
    const { url } = first;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(first.printed()).toMatch(/Demonstration, one click each on the sign-in page:\n {2}\S.*, facilitator\n/);
    const [, link = "", token = ""] = /this link works once: (\S+\/set-up\?token=(\S+))/.exec(first.printed()) ?? [];
    expect(link).toBe(`${url}/set-up?token=${token}`);

    expect(await first.end()).toBe(0);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    first = await startProcess(settings);
    expect(first.printed()).not.toContain("this link works once");
    expect(first.printed()).toContain("Demonstration, one click each");

    const body = { setupToken: token, email: "ada@example.org", name: "Ada", password: "a long enough sentence" };
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${first.url}/api/v1/setup`, { method: "POST", headers, body: JSON.stringify(body) });
    expect(answer.status).toBe(201);
  });

  test("finishes a request that has begun before it stops, and is ready for no new one", async () => {
    const { url } = first;
    const slow = await beginRequest(`${url}/api/v1/session`);
    const ending = first.end();
    await expect
      .poll(() =>
        fetch(`${url}/readyz`).then(
          ({ status }) => status,
          () => "refused",
        ),
      )
      .toBe("refused");
    const status = slow.finish(JSON.stringify({ email: "ada@example.org", password: "a long enough sentence" }));
    expect(await status).toBe(200);
    expect(await ending).toBe(0);
    first = await startProcess(settings);
  });
});

describe("what keeps a server from starting is said in one sentence", () => {
  test("a port that is taken", async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) =>
      other.listen(0, "127.0.0.1", () => {
        const address = other.address();
        resolve(address !== null && typeof address === "object" ? address.port : 0);
      }),
    );
    const { code, said } = await failToStart({ PORT: String(port) });
    other.close();
    expect(said).toBe(`Port ${port} on 127.0.0.1 is taken: stop the other program, or set PORT to another number.\n`);
    expect(code).toBe(1);
  });

  test("settings that cannot be used, all at once", async () => {
    const { code, said } = await failToStart({ PORT: "many", DATABASE_URL: "mysql://x", LOG_LEVEL: "loud" });
    for (const name of ["PORT", "DATABASE_URL", "LOG_LEVEL"]) expect(said).toContain(`  ${name}: `);
    expect(said.trim().split("\n")).toHaveLength(4);
    expect(code).toBe(1);
  });

  test("an address that people could not reach safely", async () => {
    const { code, said } = await failToStart({ PUBLIC_URL: "http://panels.example" });
    expect(said).toBe("PUBLIC_URL: plain http is accepted on loopback only; use https.\n");
    expect(code).toBe(1);
  });

  test("a database that is not there", async () => {
    const { code, said } = await failToStart({
      PORT: "0",
      DATABASE_URL: "postgres://concord:secret@127.0.0.1:1/concord",
    });
    expect(said).toBe(
      "The database at 127.0.0.1:1 cannot be reached (ECONNREFUSED): check DATABASE_URL, and that it runs.\n",
    );
    expect(code).toBe(1);
  });
});

test("the log has one line a request: who, what, how long, and nothing else", async () => {
  const database = await freshDatabase();
  const server = await startProcess({ PORT: "0", DATABASE_URL: database.url, CONCORD_DEMO: "0" });
  const canary = "grey-heron";
  const password = `${canary} sleeps standing`;
  const [, setupToken = ""] = /token=(\S+)/.exec(server.printed()) ?? [];
  const ask = (method: string, path: string, body?: unknown, authorization = "") =>
    fetch(server.url + path, {
      method,
      headers: { "content-type": "application/json", ...(authorization ? { authorization } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const made = await ask("POST", "/api/v1/setup", {
    setupToken,
    email: `${canary}@example.org`,
    name: canary,
    password,
  });
  const { userId, token } = await made.json();
  const bearer = `Bearer ${token}`;
  const panel = { title: canary, question: canary, template: "wilson-hine" };
  const { panelId } = await (await ask("POST", "/api/v1/panels", panel, bearer)).json();
  await ask("GET", `/api/v1/panels/${panelId}?q=${canary}`, undefined, bearer);
  await ask("PUT", `/api/v1/panels/${panelId}/scores/P1/I1`, { value: 1, rationale: canary, version: 0 }, bearer);
  await ask("POST", `/api/v1/invitations/${token}/accept`, {});
  await fetch(`${server.url}/invitations/${token}?next=${canary}`);
  await fetch(`${server.url}/screen/${canary}.Key-9`);
  await fetch(`${server.url}/panels/${panelId}/${canary}%2F`);
  await server.end();
  await database.drop();

  const printed = server.printed().replaceAll(/^[^{].*$/gm, "");
  const lines = printed
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
  const requests = lines.filter((line) => "route" in line);
  expect(
    requests.map(({ route, user, status }) => `${route} ${status} ${user === userId ? "she" : String(user)}`),
  ).toEqual([
    "POST /api/v1/setup 201 null",
    "POST /api/v1/panels 201 she",
    "GET /api/v1/panels/:panelId 200 she",
    "PUT /api/v1/panels/:panelId/scores/:policyId/:criterionId 403 she",
    "POST /api/v1/invitations/:invitationToken/accept 404 null",
    "GET /invitations/:value 404 null",
    "GET /screen/:value 404 null",
    expect.stringMatching(/^GET \/panels\/:id\/\S+ 404 null$/),
  ]);
  for (const line of requests) {
    expect(Object.keys(line)).toEqual(["level", "time", "request", "route", "user", "status", "ms"]);
  }
  for (const secret of [token, setupToken, password, "@example.org"]) expect(printed).not.toContain(secret);
});

/** A request that the server has begun to read and whose body is still to come. */
async function beginRequest(url: string): Promise<{ finish(body: string): Promise<number> }> {
  const headers = { "content-type": "application/json", expect: "100-continue" };
  const outgoing = request(url, { method: "POST", headers });
  outgoing.flushHeaders();
  await once(outgoing, "continue");
  return {
    async finish(body) {
      outgoing.end(body);
      const [incoming]: IncomingMessage[] = await once(outgoing, "response");
      incoming?.resume();
      return incoming?.statusCode ?? 0;
    },
  };
}
