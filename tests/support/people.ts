import { randomUUID } from "node:crypto";
import { insertUser } from "#db/users.ts";
import type { TestServer } from "./server.ts";

/** An answer of the API, read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into answers of every shape
  readonly body: any;
}

export interface Person {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  /** Of a session: a bearer token, and the value of the session cookie. */
  readonly token: string;
  /** The session as a `Cookie` header. */
  readonly cookie: string;
  /** Calls the API as this person: `call("PUT", "/panels/…/scores/P1/I1", {value: 1, version: 0})`. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** Someone with an account and an open session. */
export async function person(
  server: TestServer,
  name: string,
  more: { isAdministrator?: boolean } = {},
): Promise<Person> {
  const userId = randomUUID();
  const email = `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, ".")}.${userId.slice(0, 8)}@example.org`;
  const isAdministrator = more.isAdministrator ?? false;
  const account = { userId, name, email, isAdministrator, passwordHash: null, isDemonstration: false };
  await insertUser(server.app.database.pool, account);
  const { sessionId } = await server.app.accounts.openSession(userId);
  return personWith(server, { userId, name, email, token: sessionId });
}

/** The same person by what the API told about them. */
export function personWith(server: TestServer, known: Pick<Person, "userId" | "name" | "email" | "token">): Person {
  const authorization = `Bearer ${known.token}`;
  return {
    ...known,
    cookie: `${server.app.accounts.cookieName}=${known.token}`,
    call: (method, path, body, headers) =>
      callApi(server, { method, path, body, headers: { authorization, ...headers } }),
  };
}

export interface ApiCall {
  readonly method: string;
  readonly path: string;
  /** Sent as JSON, or as it is when it is a text already. */
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Calls the API as nobody, unless the headers say who. */
export async function callApi(server: TestServer, { method, path, body, headers }: ApiCall): Promise<Answer> {
  const hasBody = body !== undefined;
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { ...(hasBody ? { "content-type": "application/json" } : {}), ...headers },
    ...(hasBody ? { body: typeof body === "string" ? body : JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text, response.headers) };
}

function parsed(text: string, headers: Headers): unknown {
  const type = headers.get("content-type") ?? "";
  return /[/+]json\b/.test(type) && text !== "" ? JSON.parse(text) : null;
}
