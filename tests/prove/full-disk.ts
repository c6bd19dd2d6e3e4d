import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { startEmbedded } from "#db/embedded/start.ts";
import { startProcess } from "#tests/support/server-process.ts";
import { startWriters } from "#tests/support/writers.ts";
import { isClean, judged, preparedPanel, provenCells, say, told } from "./panel.ts";

const megabyte = 1024 * 1024;
const diskMegabytes = 600;

/**
 * `npm run prove -- full-disk`, as root on Linux: the embedded database stands on a small disk of its own, which is filled up to
 * the last byte under eight writers and emptied again. The server must stop writing before PostgreSQL stops, go on
 * reading, say that it is not ready, and write again when there is room, with nothing acknowledged lost.
 */
export async function prove(): Promise<boolean> {
  const disk = mkdtempSync(join(tmpdir(), "concord-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${diskMegabytes}m,mode=0711`, "tmpfs", disk]);
  try {
    return await fillAndEmpty(disk);
  } finally {
    execFileSync("umount", ["--lazy", disk]);
    rmSync(disk, { recursive: true, force: true });
  }
}

async function fillAndEmpty(disk: string): Promise<boolean> {
  const data = join(disk, "data");
  const first = await startEmbedded(data);
  const { panelId, tokens } = await preparedPanel(first.url);
  await first.stop();
  const server = await startProcess({ DATA_DIR: data, PORT: "0", LOG_LEVEL: "silent", CONCORD_DEMO: "0" });
  const at = { url: () => server.url, panelId, tokens, cells: provenCells, writers: 8, chance: Math.random };
  const writers = startWriters(at);
  const status = (path: string) =>
    fetch(server.url + path, { headers: { authorization: `Bearer ${tokens[0] ?? ""}` } }).then(
      (answer) => answer.status,
    );
  const more = async (count: number) => {
    const enough = writers.acknowledged.size + count;
    while (writers.acknowledged.size < enough && writers.fault === null) await pause(5);
  };

  await more(200);
  const ballast = join(disk, "ballast");
  fill(disk, ballast, 40 * megabyte);
  while ((await status("/readyz")) !== 503) await pause(20);
  // What was on its way when the disk filled up has been answered by now.
  await pause(2_000);
  const before = writers.acknowledged.size;
  fill(disk, ballast, 0);
  told(`full: ${free(disk)} bytes left`);
  await pause(5_000);
  const full = {
    acknowledgedMeanwhile: writers.acknowledged.size - before,
    ready: await status("/readyz"),
    read: await status(`/api/v1/panels/${panelId}`),
    healthy: await status("/healthz"),
  };
  rmSync(ballast);
  const began = performance.now();
  await more(100);
  const backAfterMs = Math.round(performance.now() - began);
  await writers.stop();
  await server.end();

  const again = await startEmbedded(data);
  const found = await judged(again.url, panelId, writers);
  await again.stop();
  say({ diskMegabytes, full, backAfterMs, ...found });
  const isReadOnly =
    full.acknowledgedMeanwhile === 0 && full.ready === 503 && full.read === 200 && full.healthy === 200;
  return isReadOnly && backAfterMs < 10_000 && isClean(found);
}

/** Fills the disk until so much is left. */
function fill(disk: string, file: string, leave: number): void {
  const out = openSync(file, "a");
  const piece = Buffer.alloc(megabyte);
  try {
    while (free(disk) > leave) writeSync(out, piece, 0, Math.min(megabyte, free(disk) - leave));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  } finally {
    closeSync(out);
  }
}

function free(disk: string): number {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
}
