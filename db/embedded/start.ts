import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type postgres from "postgres";
import { accountFor } from "./account.ts";
import { findBinaries } from "./binaries.ts";
import { type Cluster, openCluster } from "./cluster.ts";
import { joinCluster, type Membership } from "./membership.ts";
import { ensureRunning, type Settings, shutDown } from "./postmaster.ts";
import { homeOf, reachableBinaries, reachableHome, STAGING_ROOT } from "./staging.ts";
import { oneAtATime } from "./turnstile.ts";

/** Both the database and the role that owns it; the role is an ordinary one, as on a customer's own server. */
const NAME = "concord";

export interface Embedded {
  url: string;
  /** The server was running already: another process uses it, or the last one was killed. */
  adopted: boolean;
  /** Where the cluster really is: elsewhere than asked if PostgreSQL's user could not have reached it there. */
  home: string;
  /** Leaves the server; the last process to leave stops it. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** The bin folder of an installed PostgreSQL, to be used instead of the one from npm. */
  binaries?: string;
  /** Server settings over the durable defaults; they do not reach a server that is already running. */
  settings?: Settings;
  stagingRoot?: string;
}

/**
 * Starts a real PostgreSQL in this folder, or joins the one that is running there. It listens on 127.0.0.1 only. The
 * server outlives a killed process: the next start finds it.
 */
export async function startEmbedded(folder: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  const place = prepareFolder(folder);
  return oneAtATime(place, async () => {
    const { cluster, home } = await prepareCluster(place, options);
    const { port, adopted } = await ensureRunning(cluster, options.settings ?? {});
    const membership = await joinCluster(addressOf(cluster, { port, name: "postgres" }));
    await ensureDatabase(membership.sql, cluster.password);
    let stopping: Promise<void> | undefined;
    function stop(): Promise<void> {
      stopping ??= oneAtATime(place, () => leave(cluster, membership));
      return stopping;
    }
    return { url: addressOf(cluster, { port, name: NAME }), adopted, home, stop };
  });
}

function prepareFolder(folder: string): string {
  // Root's child is another user, who must be able to pass through; the cluster inside is closed to everyone else.
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700;
  if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode });
  return realpathSync(folder);
}

async function prepareCluster(
  place: string,
  { binaries, stagingRoot = STAGING_ROOT }: EmbeddedOptions,
): Promise<{ cluster: Cluster; home: string }> {
  const account = accountFor(join(homeOf(place), "cluster"));
  const home = reachableHome(place, account, stagingRoot);
  const { bin, version } = await reachableBinaries(findBinaries(binaries), account, stagingRoot);
  return { cluster: await openCluster(home, { bin, version, account }), home };
}

function addressOf(cluster: Cluster, { port, name }: { port: number; name: string }): string {
  return `postgres://${name}:${cluster.password}@127.0.0.1:${port}/${name}`;
}

async function ensureDatabase(sql: postgres.Sql, password: string): Promise<void> {
  const [there] = await sql<{ role: boolean; database: boolean }[]>`
    select exists(select from pg_roles where rolname = ${NAME}) as role,
           exists(select from pg_database where datname = ${NAME}) as database`;
  if (!there?.role) await sql.unsafe(`create role ${NAME} login createdb password '${password}'`);
  if (!there?.database) await sql`create database ${sql(NAME)} owner ${sql(NAME)}`;
}

async function leave(cluster: Cluster, membership: Membership): Promise<void> {
  if (await membership.leave()) await shutDown(cluster);
}
