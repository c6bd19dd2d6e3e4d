import { randomUUID } from "node:crypto";
import { insertUser } from "#db/users.ts";
import type { Identity } from "#server/auth/accounts.ts";
import type { Visitor } from "#server/auth/visitor.ts";
import type { TestServer } from "./server.ts";

export interface Account {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly isAdministrator: boolean;
}

/** The password of every account made here. */
export const password = "we were nine at the table";

const hashes = new WeakMap<object, Promise<string>>();

/** Someone with an account and a password, and no session. */
export async function account(server: TestServer, name: string, isAdministrator = false): Promise<Account> {
  const userId = randomUUID();
  const email = `${name.toLowerCase().replaceAll(" ", ".")}.${userId.slice(0, 8)}@example.org`;
  const known = hashes.get(server) ?? server.app.accounts.passwords.hash(password);
  hashes.set(server, known);
  const one = { userId, name, email, isAdministrator };
  await insertUser(server.app.database.pool, { ...one, isDemonstration: false, passwordHash: await known });
  return one;
}

/** A browser that nobody has used here before. */
export function aVisitor(more: Partial<Visitor> = {}): Visitor {
  return {
    addressBlock: `test ${randomUUID()}`,
    browser: "Firefox on Linux",
    formerSessionId: null,
    deviceToken: null,
    stepToken: null,
    ...more,
  };
}

/** An account as a request of its own finds it signed in. */
export async function signedIn(server: TestServer, { userId }: Pick<Account, "userId">): Promise<Identity> {
  const { sessionId } = await server.app.accounts.openSession(userId);
  const identity = await server.app.accounts.identifyToken(sessionId);
  if (!identity) throw new Error("the session is not accepted");
  return { ...identity, byCookie: true };
}

/** Whether a session id or personal token lets somebody in. */
export async function isAccepted(server: TestServer, token: string | null): Promise<boolean> {
  return token !== null && (await server.app.accounts.identifyToken(token)) !== null;
}
