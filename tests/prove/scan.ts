import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stdout } from "node:process";
import { parseArgs } from "node:util";
import { z } from "zod";
import { startEmbedded } from "#db/embedded/start.ts";
import { migrate } from "#db/migrate.ts";
import { type Ground, prepareGround } from "#tests/support/fuzz/ground.ts";
import { startTarget } from "#tests/support/fuzz/target.ts";
import { quickFolder } from "#tests/support/quick-folder.ts";

const options = { minutes: { type: "string", default: "10" }, only: { type: "string" } } as const;

/**
 * `npm run prove -- scan [--minutes N] [--only wapiti|sqlmap]`: the scanners wapiti and sqlmap, where they are installed,
 * against an installation of their own on loopback, signed in as a facilitator and with the headers of a page of ours, so
 * that they get past the door. What they find is printed, and fails the proof unless it is explained below.
 */
export async function prove(words: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({ args: [...words], options });
  const folder = quickFolder("concord-scan-");
  const database = await startEmbedded(folder, { settings: { fsync: "off", synchronous_commit: "off" } });
  const work = mkdtempSync(join(tmpdir(), "concord-scan-"));
  try {
    await migrate(database.url);
    const ground = await prepareGround(database.url);
    const target = await startTarget(database.url);
    const site = { url: target.url, ground, work, mostSeconds: 60 * Number(values.minutes) };
    let isSound = true;
    for (const [name, scan] of Object.entries(scanners)) {
      if (values.only !== undefined && values.only !== name) continue;
      if (isInstalled(name)) isSound = (await scan(site)) && isSound;
      else say(`${name} is not installed on this machine: left out`);
    }
    const { faults, requests } = await target.figures({ tidy: true });
    say(
      `the server has answered ${requests} requests; unhandled: ${faults.length}; it ${target.hasEnded() ? "has ended" : "goes on"}`,
    );
    const failures = target
      .printed()
      .split("\n")
      .filter((line) => line.includes('"level":50'));
    say(`errors in its log: ${failures.length}`);
    for (const line of failures.slice(0, 5)) say(line);
    isSound &&= !target.hasEnded() && faults.length === 0 && failures.length === 0;
    await target.stop();
    await ground.stop();
    return isSound;
  } finally {
    await database.stop();
    for (const made of [folder, work]) rmSync(made, { recursive: true, force: true });
  }
}

interface Site {
  readonly url: string;
  readonly ground: Ground;
  /** A folder for what the scanners write. */
  readonly work: string;
  readonly mostSeconds: number;
}

const scanners: Readonly<Record<string, (site: Site) => Promise<boolean>>> = { wapiti: withWapiti, sqlmap: withSqlmap };

/** Findings that are none, by a part of what the scanner says, with the reason. */
const explained: Readonly<Record<string, string>> = {
  "Secure Flag": "plain http is accepted on loopback only; under https the cookie is __Host- and Secure",
  "Lack of anti CSRF token":
    "Sec-Fetch-Site, or else Origin, is checked before any body is read, and cookies are SameSite",
  "X-XSS-Protection": "browsers have taken it out; where one still had it, it opened holes of its own",
  "Strict-Transport-Security": "sent under https only, as it must be",
};

const report = z.object({
  vulnerabilities: z.record(z.string(), z.array(z.object({ method: z.string(), path: z.string(), info: z.string() }))),
  anomalies: z.record(z.string(), z.array(z.object({ method: z.string(), path: z.string(), info: z.string() }))),
});

async function withWapiti({ url, ground, work, mostSeconds }: Site): Promise<boolean> {
  const file = join(work, "wapiti.json");
  const token = await ground.sessionOf("facilitator", true);
  const modules =
    "backup,blindsql,cookieflags,crlf,csp,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,xss,xxe";
  const front = await startFront(url);
  const words = ["-u", `${front.url}/panels`, "-s", `${front.url}/sign-in`, "--scope", "domain", "-m", modules];
  const headers = ["-H", `Cookie: ${ground.cookieName}=${token}`, "-H", "Sec-Fetch-Site: same-origin"];
  const bounds = [
    "--max-scan-time",
    String(mostSeconds),
    "-d",
    "6",
    "-t",
    "5",
    "--flush-session",
    "--store-session",
    work,
  ];
  const said = await run("wapiti", [...words, ...headers, ...bounds, "-f", "json", "-o", file], mostSeconds + 120);
  front.stop();
  if (!existsSync(file)) {
    say(`wapiti made no report: ${said.slice(-3_000)}`);
    return false;
  }
  const { vulnerabilities, anomalies } = report.parse(JSON.parse(readFileSync(file, "utf8")));
  const found = [...Object.entries(vulnerabilities), ...Object.entries(anomalies)].flatMap(([kind, all]) =>
    all.map(({ method, path, info }) => ({ told: `${kind}: ${method} ${path}: ${info}`, why: reasonFor(kind, info) })),
  );
  for (const { told, why } of found) say(`wapiti, ${told}\n  ${why ?? "NOT EXPLAINED"}`);
  const open = found.filter(({ why }) => why === undefined).length;
  say(`wapiti: ${found.length} findings, ${open} not explained`);
  return open === 0;
}

function reasonFor(kind: string, info: string): string | undefined {
  return Object.entries(explained).find(([part]) => `${kind} ${info}`.includes(part))?.[1];
}

/** The same site without the way out: a scanner that presses every button would sign itself out. */
async function startFront(url: string): Promise<{ url: string; stop(): void }> {
  const { hostname, port } = new URL(url);
  const front = createServer((incoming, answer) => {
    if (incoming.url?.startsWith("/sign-out")) {
      answer.writeHead(404).end();
      return;
    }
    const { method, url: path, headers } = incoming;
    const passedOn = request({ hostname, port, method, path, headers }, (told) => {
      answer.writeHead(told.statusCode ?? 502, told.headers);
      told.pipe(answer);
    });
    passedOn.once("error", () => answer.destroy());
    incoming.pipe(passedOn);
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  const address = front.address();
  const at = address !== null && typeof address === "object" ? address.port : 0;
  return { url: `http://127.0.0.1:${at}`, stop: () => void front.close() };
}

interface Place {
  readonly path: string;
  readonly method?: string;
  readonly body?: string;
  readonly type?: string;
}

/** Where something typed comes near the database; `*` marks what is tried. */
function placesOf(ground: Ground, panel: string): Place[] {
  const json = "application/json";
  const form = "application/x-www-form-urlencoded";
  return [
    { path: `/api/v1/panels/${panel}*/board` },
    { path: `/api/v1/panels/${panel}/export?format=csv*` },
    { path: `/api/v1/panels/${panel}/cells/P1*/I1*` },
    { path: `/panels/${panel}/board?view=numbers*&order=contested*` },
    { path: `/panels/${panel}/score?cell=P1-I1*` },
    {
      path: "/api/v1/session",
      method: "POST",
      type: json,
      body: '{"email":"ada@example.org*","password":"a long sentence*"}',
    },
    { path: "/api/v1/tokens", method: "POST", type: json, body: '{"name":"A script*"}' },
    { path: `/api/v1/panels/${panel}/reopenings`, method: "POST", type: json, body: '{"memberId":"x*","reason":"y*"}' },
    { path: "/sign-in", method: "POST", type: form, body: `email=ada*&password=x*&next=/panels*` },
    { path: "/profile", method: "POST", type: form, body: `_intent=revoke&tokenId=${ground.cookieName}*` },
  ];
}

async function withSqlmap({ url, ground, work, mostSeconds }: Site): Promise<boolean> {
  const token = await ground.sessionOf("facilitator", true);
  const panel = await panelOf(url, ground.cookieName, token);
  const places = placesOf(ground, panel);
  let isSound = true;
  for (const { path, method, body, type } of places) {
    const what = ["-u", url + path, ...(method ? ["--method", method] : []), ...(body ? ["--data", body] : [])];
    const headers = ["Sec-Fetch-Site: same-origin", ...(type ? [`Content-Type: ${type}`] : [])].join("\n");
    const how = [
      "--batch",
      "--level",
      "2",
      "--risk",
      "2",
      "--dbms",
      "PostgreSQL",
      "--flush-session",
      "--output-dir",
      work,
    ];
    const bounds = [
      "--timeout",
      "20",
      "--retries",
      "1",
      "--threads",
      "4",
      "--ignore-code",
      "400,401,403,404,409,413,415,422",
    ];
    const cookie = ["--cookie", `${ground.cookieName}=${token}`, "--headers", headers];
    const said = await run(
      "sqlmap",
      [...what, ...cookie, ...how, ...bounds],
      Math.max(60, mostSeconds / places.length),
    );
    const isInjectable = /identified the following injection point/i.test(said);
    const isDone = /do not appear to be injectable|does not seem to be injectable/i.test(said);
    const verdict = isInjectable ? "INJECTABLE" : "nothing to inject into";
    say(`sqlmap, ${method ?? "GET"} ${path}: ${isInjectable || isDone ? verdict : "not finished"}`);
    if (isInjectable || !isDone) say(said.slice(-1_500));
    isSound &&= !isInjectable;
  }
  return isSound;
}

async function panelOf(url: string, cookieName: string, token: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/panels`, { headers: { cookie: `${cookieName}=${token}` } });
  const { panels } = z.object({ panels: z.array(z.object({ panelId: z.string() })) }).parse(await answer.json());
  return panels[0]?.panelId ?? "";
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
}

/** What the program says; it is ended by its own id when it takes too long. */
function run(program: string, words: readonly string[], mostSeconds: number): Promise<string> {
  say(`${program}, at most ${Math.round(mostSeconds)} s`);
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"], timeout: mostSeconds * 1000 });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        text = (text + chunk).slice(-100_000);
      });
    }
    child.once("error", reject);
    child.once("close", () => resolve(text));
  });
}

function say(line: string): void {
  stdout.write(`${line}\n`);
}
