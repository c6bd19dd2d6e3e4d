import { type AppLoadContext, data, redirect } from "@remix-run/node";
import type { Member, User } from "#rubric/member.ts";
import type { Application } from "#server/application.ts";
import type { Identity } from "#server/auth/accounts.ts";
import type { Entry } from "#server/commands/enter.ts";
import { sha256 } from "#server/hash.ts";
import type { LoadContext } from "#server/load-context.ts";
import { requireMember as memberOf } from "#server/membership.ts";
import { Refusal } from "#server/refusal.ts";
import { asRefusal } from "#server/unavailable.ts";
import type { HeldForm } from "./components/held-form.tsx";
import type { RefusalView } from "./components/refusal-view.ts";
import { type Typed, textAt } from "./components/typed.ts";
import { fieldsOf } from "./form-fields.ts";

declare module "@remix-run/server-runtime" {
  interface AppLoadContext extends LoadContext {}
}

export function appOf(context: AppLoadContext): Application {
  return context.app;
}

/**
 * The signed-in person. A visitor who wants to read is sent to sign in and comes back afterwards; a visitor who wants to
 * write is refused where the form stands, so that the typed text stays.
 */
export function requireUser(context: AppLoadContext, request: Request): User {
  if (context.away) throw context.away;
  if (context.identity) return context.identity.user;
  if (request.method !== "GET" && request.method !== "HEAD") {
    throw new Refusal(401, "You are no longer signed in. Sign in in another tab, then send this again.");
  }
  const { pathname, search } = new URL(request.url);
  throw redirect(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
}

/** The signed-in person as a member of this panel; anyone else gets the page for what does not exist. */
export async function requireMember(
  context: AppLoadContext,
  request: Request,
  panelId: string | undefined,
): Promise<Member> {
  const user = requireUser(context, request);
  return memberOf(context.app, user, panelId ?? "");
}

/** Who asks, for what only a session may do: a personal token has no sessions, factors or passwords to look after. */
export function requireIdentity(context: AppLoadContext, request: Request): Identity {
  requireUser(context, request);
  if (!context.identity?.sessionId) throw new Refusal(403, "Do this in a browser, signed in with your password.");
  return context.identity;
}

/** Headers that let the browser keep these cookies. */
export function keeping(cookies: readonly string[]): Headers {
  const headers = new Headers();
  for (const cookie of cookies) headers.append("Set-Cookie", cookie);
  return headers;
}

/** Where somebody goes on who has come in, or half-way. */
export function wayOn({ kind }: Entry, next: string): string {
  if (kind === "in") return next;
  const page = kind === "code" ? "/sign-in/code" : "/sign-in/two-step";
  return `${page}?next=${encodeURIComponent(next)}`;
}

/** What a form sent. */
export interface Form {
  /** For the command: sending the same form twice does it once. */
  readonly app: Application;
  readonly fields: Typed;
  /** The value of the pressed button or hidden field named `_intent`. */
  readonly intent: string;
}

/** A refusal as the action answers it: the form stands again, with what was typed. */
interface Refused {
  readonly refusal: RefusalView;
}

/**
 * The work of a loader. A refusal becomes the error page.
 * @throws Response
 */
export async function answerRead<Value>(context: AppLoadContext, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    const refusal = asRefusal(error);
    throw refusal instanceof Refusal ? errorPage(refusal, context) : error;
  }
}

/**
 * The work of an action. A refusal becomes the action's answer, with its status, except 404: that is the error page.
 *
 * @param write gets the function that reads the form, to be called after the guard
 * @throws Response
 */
export async function answerWrite<Value>(
  { context, request }: { context: AppLoadContext; request: Request },
  write: (readForm: () => Promise<Form>) => Promise<Value>,
) {
  let typed: Typed = {};
  const sent = request.clone();
  const read = async () => {
    const form = await readForm(context, request);
    typed = form.fields;
    // Not before the form is read: what was typed stands again beside the refusal.
    if (context.identity) context.app.writes.take(context.identity.user.userId);
    return form;
  };
  try {
    return await write(read);
  } catch (error) {
    const refusal = asRefusal(error);
    if (!isAway(refusal)) return toResponse(refusal, { context, typed });
    const held = await heldForm(sent);
    if (context.isDocument) throw errorPage(refusal, context, held);
    return toResponse(refusal, { context, typed: fieldsOf(held.fields.map(({ name, value }) => [name, value])) });
  }
}

async function readForm(context: AppLoadContext, request: Request): Promise<Form> {
  const entries = [...(await request.formData())];
  const own = entries.filter(([name]) => !name.startsWith("_"));
  const { _key: key, _intent: intent } = Object.fromEntries(entries);
  const fields = fieldsOf(own);
  const requestHash = sha256(JSON.stringify([request.method, new URL(request.url).pathname, intent, own]));
  // The key covers the content: the same page sent again after a correction is a new request, not a misused key.
  const once = typeof key === "string" && key !== "" ? { key: sha256(`${key} ${requestHash}`), requestHash } : null;
  return { app: { ...context.app, once }, fields, intent: typeof intent === "string" ? intent : "" };
}

function toResponse(error: unknown, { context, typed }: { context: AppLoadContext; typed: Typed }) {
  if (!(error instanceof Refusal)) throw error;
  if (error.status === 404) throw errorPage(error, context);
  if (error.retryAfterSeconds) context.comeAgain(error.retryAfterSeconds);
  const refusal: RefusalView = {
    status: error.status,
    sentence: error.message,
    errors: error.errors,
    current: error.current ?? null,
    typed: withoutPasswords(typed),
  };
  const answer: Refused = { refusal };
  return data(answer, { status: error.status });
}

function errorPage(error: Refusal, context: AppLoadContext, held: HeldForm | null = null) {
  if (error.retryAfterSeconds) context.comeAgain(error.retryAfterSeconds);
  return data({ sentence: error.message, requestId: context.requestId, held }, { status: error.status });
}

function isAway(error: unknown): error is Refusal {
  return error instanceof Refusal && error.status === 503;
}

/** The page of the form cannot be drawn without the database, so all that was typed goes into the one that says so. */
async function heldForm(request: Request): Promise<HeldForm> {
  const { pathname, search } = new URL(request.url);
  const fields = [...(await request.formData())].flatMap(([name, value], place) =>
    typeof value === "string" && !isPassword(name) ? [{ place, name, value }] : [],
  );
  return { action: pathname + search, fields };
}

function withoutPasswords(fields: Typed): Typed {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !isPassword(name)));
}

function isPassword(name: string): boolean {
  return name.toLowerCase().includes("password");
}

const uuid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const ownPages = new RegExp(
  `^/(?:panels(?:/new)?|panels/${uuid}(?:/(?:score(?:/check)?|board(?:/[\\w-]+/[\\w-]+)?|consensus|report|receipt|manage|set-up))?` +
    "|profile|admin|invitations/[\\w-]+)(?:\\?[\\w=&.-]*)?$",
);

/** The page to go on to: one of our own, else the list of panels. */
function nextPage(next: unknown): string {
  return typeof next === "string" && ownPages.test(next) ? next : "/panels";
}

/** The `next` of this address, or of the form that was sent from it. */
export function nextOf(request: Request, fields: Typed = {}): string {
  return nextPage(textAt(fields, "next") || new URL(request.url).searchParams.get("next"));
}
