import type { z } from "zod";
import type { Member, User } from "#rubric/member.ts";
import type { Application } from "#server/application.ts";
import type { Identity } from "#server/auth/accounts.ts";
import type { Visitor } from "#server/auth/visitor.ts";
import { requireMember } from "#server/membership.ts";
import { notFound, Refusal } from "#server/refusal.ts";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** One call of the API. Dispatch and the served document are both made from the same list of these. */
export interface Call extends Description {
  readonly method: Method;
  /** Below `/api/v1`, with `:name` for its parameters. */
  readonly path: string;
  readonly access: "anyone" | "signed-in" | "member";
  perform(asked: Asked): Promise<unknown>;
}

export interface Description {
  readonly summary: string;
  /** What the command behind the call parses its input with. */
  readonly body?: z.ZodType;
  readonly query?: readonly QueryParameter[];
  /** Of success. Default: 200, or 204 where nothing is answered. */
  readonly status?: 201;
  /** The answer of success; `attachment` for a file. */
  readonly answer?: z.ZodType | "attachment";
  /** The refusals that are particular to this call. */
  readonly refusals?: readonly (401 | 403 | 409 | 429)[];
}

interface QueryParameter {
  readonly name: string;
  readonly schema: z.ZodType;
}

/** A request as a call's handler sees it. */
export interface Asked {
  readonly app: Application;
  readonly identity: Identity | null;
  readonly visitor: Visitor;
  readonly parameters: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  setHeader(name: "Set-Cookie" | "Clear-Site-Data", value: string): void;
}

export type Route = readonly [method: Method, path: string];

export function callForAnyone([method, path]: Route, described: Description, perform: Call["perform"]): Call {
  return { ...described, method, path, access: "anyone", perform };
}

export function callForUser(
  [method, path]: Route,
  described: Description,
  act: (user: User, asked: Asked) => Promise<unknown>,
): Call {
  const perform = (asked: Asked) => act(signedIn(asked).user, asked);
  return { ...described, method, path, access: "signed-in", perform };
}

/** A call on one panel; whoever is not in it gets the 404 of a panel that does not exist. */
export function callForMember(
  [method, path]: Route,
  described: Description,
  act: (member: Member, asked: Asked) => Promise<unknown>,
): Call {
  async function perform(asked: Asked): Promise<unknown> {
    const member = await requireMember(asked.app, signedIn(asked).user, parameter(asked, "panelId"));
    return act(member, asked);
  }
  return { ...described, method, path, access: "member", perform };
}

export function signedIn({ identity }: Asked): Identity {
  if (identity === null) throw new Refusal(401, "Sign in, or send a valid token.");
  return identity;
}

/** A part of the address, in the form its name promises. */
export function parameter({ parameters }: Asked, name: string): string {
  const value = parameters.get(name);
  if (value === undefined) throw notFound();
  return value;
}
