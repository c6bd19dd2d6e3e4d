import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { inspectPostmaster } from "#db/embedded/lock-file.ts";
import type { Embedded } from "#db/embedded/start.ts";
import { until } from "#db/embedded/until.ts";
import {
  aPlayground,
  ask,
  canConnect,
  dataOf,
  killServer,
  type Playground,
  readNotes,
  writeNote,
} from "#tests/support/embedded.ts";
import { processesOf } from "#tests/support/postgres-processes.ts";

let place: Playground;

beforeEach(() => {
  place = aPlayground();
});

afterEach(() => place.clear());

describe("an embedded database", { timeout: 60_000 }, () => {
  test("outlives a killed process and is adopted by the next", async () => {
    const killed = await place.hold();
    await writeNote(killed.url, "before the kill");
    await killed.kill();

    const next = await place.start();

    expect({ url: next.url, adopted: next.adopted }).toEqual({ url: killed.url, adopted: true });
    expect(await readNotes(next.url)).toEqual([{ text: "before the kill" }]);
    await next.stop();
    expect(await canConnect(next.url)).toBe(false);
  });

  test("keeps committed rows when its server is killed", async () => {
    const before = await place.start();
    await writeNote(before.url, "committed");
    await killServer(before.home);

    const after = await place.start();

    expect({ url: after.url, adopted: after.adopted }).toEqual({ url: before.url, adopted: false });
    expect(await readNotes(after.url)).toEqual([{ text: "committed" }]);
  });

  test("is joined once it has recovered, after one of its sessions was killed", async () => {
    const before = await place.start();
    await place.hold();
    const sessions = () =>
      processesOf(dataOf(before.home)).filter(({ title }) => title.startsWith("postgres: postgres postgres "));
    const [slow, killed] = await until(() => (sessions().length === 2 ? sessions() : undefined), {
      seconds: 10,
      sentence: "There are not two sessions.",
    });
    // PostgreSQL ends all others with the one that was killed, and takes nobody as long as one is left.
    process.kill(slow?.pid ?? 0, "SIGSTOP");
    process.kill(killed?.pid ?? 0, "SIGKILL");
    await expect.poll(() => canConnect(before.url)).toBe(false);
    const joining = place.start().then((embedded) => embedded.adopted);
    const first = await Promise.race([joining, pause(500)]);
    process.kill(slow?.pid ?? 0, "SIGCONT");

    expect({ first, adopted: await joining }).toEqual({ first: undefined, adopted: true });
    expect(await canConnect(before.url)).toBe(true);
  });

  test("keeps its members when the server and one of them are killed", async () => {
    const member = await place.start();
    const killed = await place.hold();
    await killServer(member.home);
    await killed.kill();
    const next = await place.start();
    await membersBesides([], member).toBe(2);

    await next.stop();

    expect(await canConnect(member.url)).toBe(true);
  });

  test("keeps its members when one session of it crashes", async () => {
    const member = await place.start();
    const other = await place.start();
    const lost = await sessionsOfMembers(member.url);
    await killOneSession(member.url);
    await membersBesides(lost, member).toBe(2);

    await other.stop();

    expect(await canConnect(member.url)).toBe(true);
  });

  test("starts although a stranger now has the pid in its lock file", async () => {
    const before = await place.start();
    const lockFile = join(dataOf(before.home), "postmaster.pid");
    const [, ...lines] = readFileSync(lockFile, "utf8").split("\n");
    await killServer(before.home);
    writeFileSync(lockFile, [process.pid, ...lines].join("\n"));
    expect(inspectPostmaster(dataOf(before.home))).toEqual({ state: "stale" });

    const after = await place.start();

    expect(after.adopted).toBe(false);
    expect(await canConnect(after.url)).toBe(true);
  });

  test("starts although killed starters left their tickets and half-made clusters", async () => {
    const halfMade = join(place.folder, "cluster.new.dead", "data");
    mkdirSync(halfMade, { recursive: true });
    writeFileSync(join(halfMade, "PG_VERSION"), "18\n");
    writeFileSync(join(place.folder, "turn.4194303.1.abc"), "");
    // Our own pid, but of a process born at another time.
    writeFileSync(join(place.folder, `turn.${process.pid}.1.abc`), "");

    const database = await place.start();

    expect(await canConnect(database.url)).toBe(true);
    expect(readdirSync(place.folder)).toEqual(["cluster"]);
  });

  test("starts after an initdb was killed half way", async () => {
    const holder = place.spawnHolder();
    const hasBegun = () => readdirSync(place.folder).some(isInMaking) || undefined;
    await until(hasBegun, { seconds: 30, sentence: "initdb never began." });
    holder.kill("SIGKILL");
    await once(holder, "exit");
    expect(existsSync(join(place.folder, "cluster"))).toBe(false);

    const database = await place.start();

    expect(await canConnect(database.url)).toBe(true);
    expect(readdirSync(place.folder)).toEqual(["cluster"]);
  });
});

function isInMaking(name: string): boolean {
  return name.startsWith("cluster.new") && existsSync(join(place.folder, name, "data"));
}

function membersBesides(lost: number[], database: Embedded) {
  const others = async () => {
    const sessions = await sessionsOfMembers(database.url).catch(() => []);
    return sessions.filter((pid) => !lost.includes(pid)).length;
  };
  return expect.poll(others, { timeout: 20_000 });
}

async function sessionsOfMembers(url: string): Promise<number[]> {
  const rows = await ask(
    url,
    "select pid from pg_locks where locktype = 'advisory' and mode = 'ShareLock' and granted",
  );
  return rows.map(({ pid }) => Number(pid));
}

/** PostgreSQL answers the violent death of one session by ending all of them and recovering. */
async function killOneSession(url: string): Promise<void> {
  const [session] = await ask(url, "select pid from pg_stat_activity where application_name = 'concord membership'");
  process.kill(Number(session?.pid), "SIGKILL");
}
