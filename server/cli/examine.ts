import { statSync } from "node:fs";
import { findBinaries } from "#db/embedded/binaries.ts";
import { inspectDatabase } from "#db/inspect.ts";
import { backupFolder } from "#server/backups/automatic-backups.ts";
import { readShelf } from "#server/backups/shelf.ts";
import { type Config, isLoopback } from "#server/config.ts";
import { openGround } from "#server/open-store.ts";
import { sentenceOf } from "./shell.ts";

export interface Finding {
  readonly state: "ok" | "warning" | "fault";
  readonly name: string;
  readonly detail: string;
}

/** Everything this installation needs, and what its operator should know of; nothing is changed. */
export async function examine(config: Config): Promise<Finding[]> {
  const embedded = config.databaseUrl === null ? [embeddedBuild(), dataFolder(config.dataDir)] : [];
  const isBroken = embedded.some(({ state }) => state === "fault");
  return [
    node(),
    ...embedded,
    ...(isBroken ? [] : await database(config)),
    await backups(config),
    mail(config),
    reach(config),
  ];
}

const ok = (name: string, detail: string): Finding => ({ state: "ok", name, detail });
const warning = (name: string, detail: string): Finding => ({ state: "warning", name, detail });
const fault = (name: string, detail: string): Finding => ({ state: "fault", name, detail });

function node(): Finding {
  const { node: version } = process.versions;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) return fault("Node", `${version}; Concord needs 20.19 or newer.`);
  return major < 22
    ? warning("Node", `${version} gets no more fixes from its makers; 24 is recommended.`)
    : ok("Node", `${version}.`);
}

function embeddedBuild(): Finding {
  try {
    findBinaries();
    return ok("embedded PostgreSQL", `there is a build for ${process.platform}-${process.arch}.`);
  } catch (error) {
    return fault("embedded PostgreSQL", sentenceOf(error));
  }
}

/** Others may pass through it where the server's own user has to, and may do nothing else. */
function dataFolder(folder: string): Finding {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (!found) return ok("data folder", `${folder} will be made at the first start.`);
  if (!found.isDirectory()) return fault("data folder", `${folder} is not a folder.`);
  const isOpen = process.platform !== "win32" && (found.mode & 0o066) !== 0;
  return isOpen
    ? warning("data folder", `others may read or write ${folder}; take that right away with chmod go-rw.`)
    : ok("data folder", `${folder} is closed to others.`);
}

async function database(config: Config): Promise<Finding[]> {
  try {
    const ground = await openGround(config);
    return await inspect(ground.url, config).finally(() => ground.stop());
  } catch (error) {
    return [fault("database", sentenceOf(error))];
  }
}

async function inspect(url: string, config: Config): Promise<Finding[]> {
  const { version, major, missing, unknown, secondStep } = await inspectDatabase(url);
  const server =
    major < 15
      ? fault("database", `PostgreSQL ${version}; Concord needs 15 or newer.`)
      : ok("database", `PostgreSQL ${version} answers.`);
  if (unknown.length > 0)
    return [server, fault("migrations", `the database is newer than this Concord: it holds ${unknown.join(", ")}.`)];
  if (missing.length > 0)
    return [server, warning("migrations", `${missing.join(", ")} will be applied at the next start.`)];
  const step = isPrivate(config) ? [] : [secondStepFinding(secondStep)];
  return [server, ok("migrations", "all applied."), ...step];
}

async function backups(config: Config): Promise<Finding> {
  const folder = backupFolder(config);
  if (folder === null) return ok("backups", "your own PostgreSQL is backed up as you see fit, or with concord backup.");
  const { kept, failure } = await readShelf(folder);
  if (failure) return warning("backups", `the last attempt, at ${failure.at}, failed: ${failure.sentence}`);
  const [newest] = kept;
  return newest
    ? ok("backups", `${kept.length} in ${folder}, the newest of ${newest.at}.`)
    : ok("backups", `none yet; the server makes them in ${folder} while it runs.`);
}

function mail({ smtpUrl }: Config): Finding {
  return smtpUrl === null
    ? warning("mail", "SMTP_URL is not set: mail waits on the outbox page of administrators.")
    : ok("mail", "a mail server is set.");
}

/** Matters once others can reach the server. */
function secondStepFinding(rule: string | null): Finding {
  if (rule === "everyone") return ok("sign-in", "everyone signs in in two steps.");
  return rule === "facilitators"
    ? warning("sign-in", "a reviewer's password is all that guards that account; ask everyone for two steps.")
    : warning("sign-in", "a password is all that guards an account; ask for two steps on the administration page.");
}

function isPrivate({ host, publicUrl }: Config): boolean {
  return isLoopback(host) && (publicUrl === null || isLoopback(new URL(publicUrl).hostname));
}

function reach(config: Config): Finding {
  if (isPrivate(config))
    return ok("reach", "only this machine reaches it; the demonstration's people enter by one click.");
  if (config.publicUrl?.startsWith("https://")) return ok("reach", "others can reach it, by https.");
  const advice = "HOST lets others reach it, but PUBLIC_URL is not an https address: set it to the one people use.";
  return warning("reach", advice);
}
