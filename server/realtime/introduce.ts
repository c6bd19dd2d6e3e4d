import { z } from "zod";
import type { Application } from "#server/application.ts";
import type { Identity } from "#server/auth/accounts.ts";
import { cut } from "./cut.ts";
import type { LiveSocket } from "./live-socket.ts";

const mostOfOneCredential = 5;
const mostOfOneUser = 20;

const handshakeAuth = z.strictObject({ token: z.string().max(200).optional() });

type Next = (refusal?: Error) => void;

/**
 * Finds out who a socket is before it counts as connected: by a token it was given, or by the cookie that came with a
 * page of ours. A cookie without an Origin proves nothing.
 */
export function makeIntroduction(app: Application): (socket: LiveSocket, next: Next) => void {
  const introduced = new WeakSet<object>();
  const present = new Set<LiveSocket>();

  async function introduce(socket: LiveSocket): Promise<Error | undefined> {
    const identity = await identityOf(app, socket);
    if (!identity) return new Error("unauthorized");
    if (isCrowded(present, identity)) return new Error("too_many");
    socket.data = { identity, told: new Map() };
    present.add(socket);
    socket.conn.once("close", () => present.delete(socket));
    return undefined;
  }

  return (socket, next) => {
    // One connection introduces itself once: each time costs a question to the database.
    if (introduced.has(socket.conn)) return cut(socket.conn);
    introduced.add(socket.conn);
    introduce(socket).then(
      (refusal) => (socket.conn.readyState === "open" ? next(refusal) : present.delete(socket)),
      (error: unknown) => {
        app.log.warn({ err: error }, "a socket could not be identified");
        // Not a refusal, which would end a client's attempts: a lost connection is tried again.
        cut(socket.conn);
      },
    );
  };
}

async function identityOf(app: Application, socket: LiveSocket): Promise<Identity | null> {
  const auth = handshakeAuth.safeParse(socket.handshake.auth);
  if (!auth.success) return null;
  if (auth.data.token !== undefined) return app.accounts.identifyToken(auth.data.token);
  const { origin, cookie } = socket.handshake.headers;
  if (origin === undefined) return null;
  return app.accounts.identify({ cookie, authorization: undefined, isAct: false });
}

function isCrowded(present: ReadonlySet<LiveSocket>, identity: Identity): boolean {
  const others = [...present].map((socket) => socket.data.identity);
  const ofCredential = others.filter((other) => other.credentialHash === identity.credentialHash);
  const ofUser = others.filter((other) => other.user.userId === identity.user.userId);
  return ofCredential.length >= mostOfOneCredential || ofUser.length >= mostOfOneUser;
}
