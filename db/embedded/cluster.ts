import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Account, giveTo } from "./account.ts";
import { childEnvironment } from "./binaries.ts";

const run = promisify(execFile);

/** A cluster on disk and what it takes to run it. */
export interface Cluster {
  /** Holds PostgreSQL's data folder, the password, the log and the last port. */
  folder: string;
  data: string;
  password: string;
  bin: string;
  account: Account;
}

export interface Server {
  bin: string;
  version: string;
  account: Account;
}

/** Opens the cluster below `home`, making it first if there is none. */
export async function openCluster(home: string, server: Server): Promise<Cluster> {
  const folder = join(home, "cluster");
  if (!existsSync(folder)) await createCluster(home, server);
  const data = join(folder, "data");
  refuseOtherMajor(data, server);
  const password = readFileSync(join(folder, "password"), "utf8").trim();
  return { folder, data, password, bin: server.bin, account: server.account };
}

/**
 * Made under another name and renamed when whole, so a half-made one never becomes the cluster. The name is new each
 * time: an initdb left running by a killed start may still be writing into the old one.
 */
async function createCluster(home: string, server: Server): Promise<void> {
  removeLeftovers(home);
  const folder = join(home, `cluster.new.${randomBytes(4).toString("hex")}`);
  const secret = join(folder, "password");
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(secret, `${randomBytes(24).toString("hex")}\n`, { mode: 0o600 });
  for (const path of [folder, secret]) giveTo(server.account, path);
  await run(join(server.bin, "initdb"), initdbArguments(folder, server.version), {
    ...server.account,
    cwd: folder,
    env: childEnvironment(),
  });
  renameSync(folder, join(home, "cluster"));
}

function removeLeftovers(home: string): void {
  for (const name of readdirSync(home))
    if (name.startsWith("cluster.new")) rmSync(join(home, name), { recursive: true, force: true, maxRetries: 5 });
}

function initdbArguments(folder: string, version: string): string[] {
  return [
    `--pgdata=${join(folder, "data")}`,
    `--pwfile=${join(folder, "password")}`,
    "--username=postgres",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    ...localeArguments(version),
  ];
}

/** The same order and the same upper and lower case on every machine, where the server can do that by itself. */
function localeArguments(version: string): string[] {
  return majorOf(version) >= 17
    ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    : ["--locale=C.UTF-8"];
}

function refuseOtherMajor(data: string, { version }: Server): void {
  const made = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  if (Number(made) !== majorOf(version))
    throw new Error(
      `The database in ${data} was made by PostgreSQL ${made} and cannot be opened by ${version}: back it up with the Concord that made it and restore it here.`,
    );
}

function majorOf(version: string): number {
  return Number(version.split(".")[0]);
}
