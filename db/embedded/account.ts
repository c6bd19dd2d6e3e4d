import { chownSync, existsSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** The user PostgreSQL runs as; null means the very user Concord runs as. */
export type Account = { uid: number; gid: number } | null;

/**
 * PostgreSQL refuses to run as root, so root lends the child another user: the owner of the cluster where there is
 * one already (PostgreSQL accepts nobody else), or a system user made for such things.
 */
export function accountFor(cluster: string): Account {
  const owner = existsSync(cluster) ? statSync(cluster) : undefined;
  const own = process.getuid?.();
  if (own !== 0) {
    if (own !== undefined && owner && owner.uid !== own)
      throw new Error(
        `The database in ${cluster} belongs to another user (uid ${owner.uid}): start Concord as that user, or as root.`,
      );
    return null;
  }
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : unprivilegedUser();
}

function unprivilegedUser(): Account {
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const user = ["postgres", "_postgres", "nobody"]
    .map((name) => users.find(([candidate]) => candidate === name))
    .find((found) => found !== undefined);
  if (!user)
    throw new Error(
      "PostgreSQL does not run as root, and this system has neither a user 'postgres' nor 'nobody' to run it as: start Concord as an ordinary user, or set DATABASE_URL.",
    );
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

export function giveTo(account: Account, path: string): void {
  if (account) chownSync(path, account.uid, account.gid);
}

/** May this user pass through every folder down to and including this one? Access lists beyond the mode are not seen. */
export function mayEnter(account: Account, folder: string): boolean {
  if (!account) return true;
  const parent = dirname(folder);
  return (statSync(folder).mode & entryBit(account, folder)) !== 0 && (parent === folder || mayEnter(account, parent));
}

function entryBit(account: { uid: number; gid: number }, folder: string): number {
  const { uid, gid } = statSync(folder);
  if (uid === account.uid) return 0o100;
  return gid === account.gid ? 0o010 : 0o001;
}
