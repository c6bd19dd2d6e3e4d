import type { ServerBuild } from "@remix-run/node";
import { strFromU8, unzipSync } from "fflate";
import type { Person } from "../people.ts";
import {
  addressesOf,
  callAddresses,
  forms,
  inForm,
  type PageRoute,
  type Place,
  readingCalls,
  routesOf,
  writingCalls,
} from "./addresses.ts";
import { type Draw, hashed } from "./draw.ts";
import { callRows, pageRows, rowOf } from "./rows.ts";
import type { World } from "./world.ts";

/** One thing that a viewer asks for. */
export interface Request {
  readonly label: string;
  readonly method: string;
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** One thing that a viewer got: everything about it but what differs between any two requests. */
export interface Sighting {
  readonly label: string;
  readonly text: string;
}

/** Everything that anybody can ask about a panel: each page in each form, each call, each write that does nothing. */
export function everythingAbout(build: ServerBuild, place: Place): Request[] {
  const routes = routesOf(build);
  return [
    ...routes.flatMap((route) => pageRequests(route, place)),
    ...routes.flatMap((route) => formRequests(route, place)),
    ...readingCalls().flatMap((call) =>
      callAddresses(call, place).map((path) => ({ label: `GET ${path}`, method: "GET", path: `/api/v1${path}` })),
    ),
    ...writingCalls().flatMap((call) => {
      const row = rowOf(callRows, `${call.method} ${call.path}`);
      if (row.endsSession) return [];
      const [path = ""] = addressesOf(call.path, place);
      const body = row.idleBody ?? row.body;
      return [{ label: `${call.method} ${path}`, method: call.method, path: `/api/v1${path}`, body }];
    }),
  ];
}

function pageRequests(route: PageRoute, place: Place): Request[] {
  const { query } = rowOf(pageRows, route.id);
  const queries = query === undefined ? [""] : ["", `?${query}`];
  return addressesOf(route.pattern, place).flatMap((path) =>
    queries.flatMap((suffix) =>
      forms.map((form) => ({
        label: `${route.id}${suffix} as ${form}`,
        method: "GET",
        path: inForm(path + suffix, form, route.id),
      })),
    ),
  );
}

function formRequests(route: PageRoute, place: Place): Request[] {
  if (!route.pattern.includes(":panelId")) return [];
  const [path = ""] = addressesOf(route.pattern, place);
  const sent = (rowOf(pageRows, route.id).send ?? []).filter(({ mayAct }) => !mayAct);
  return sent.map(({ fields }) => ({
    label: `${route.id} sent ${JSON.stringify(fields)}`,
    method: "POST",
    path: inForm(path, "data", route.id),
    fields,
  }));
}

/** A part of all requests, the same for the same draws. */
export function chosenFrom(requests: readonly Request[], draw: Draw, percent: number): Request[] {
  return requests.filter(() => draw.often(percent));
}

export async function look(world: World, person: Person, request: Request): Promise<Sighting> {
  const response = await send(world, request, {
    ...(request.path.startsWith("/api/") ? { authorization: `Bearer ${person.token}` } : { cookie: person.cookie }),
  });
  const isZip = response.headers.get("content-type") === "application/zip";
  const text = isZip ? unzipped(await response.arrayBuffer()) : await response.text();
  const headers = [...response.headers]
    // The length of a zip is how well its content could be pressed.
    .filter(([name]) => name !== "date" && !(isZip && name === "content-length"))
    .map(([name, value]) => `${name}: ${value}`);
  return { label: request.label, text: withoutChance([response.status, ...headers, "", text].join("\n")) };
}

/** The files in it, whose sums have to be right and say nothing more. */
function unzipped(zip: ArrayBuffer): string {
  const files = Object.entries(unzipSync(new Uint8Array(zip))).map(([name, file]) => ({ name, text: strFromU8(file) }));
  const sums = files.filter(({ name }) => name !== "SHA256SUMS").map(({ name, text }) => `${hashed(text)}  ${name}\n`);
  return files.map(({ name, text }) => (text === sums.join("") ? `${name}: right` : `${name}\n${text}`)).join("\n");
}

/** Sends a request as a page of ours would, with what says who asks. */
export function send(
  { url }: Pick<World, "url">,
  { method, path, body, fields }: Request,
  credentials: Record<string, string>,
): Promise<Response> {
  const json = body === undefined ? null : { type: "application/json", text: JSON.stringify(body) };
  const form = fields && {
    type: "application/x-www-form-urlencoded",
    text: new URLSearchParams(fields).toString(),
  };
  const sent = json ?? form;
  return fetch(url + path, {
    method,
    redirect: "manual",
    headers: { "sec-fetch-site": "same-origin", ...credentials, ...(sent ? { "content-type": sent.type } : {}) },
    ...(sent ? { body: sent.text } : {}),
  });
}

/** Without the page's nonce, one-time links, and moments of the machine's own clock: the lives of sessions. */
export function withoutChance(text: string): string {
  return text
    .replaceAll(/nonce(-|=\\?")[A-Za-z0-9+/]{22}==/g, "nonce$1*")
    .replaceAll(/invitations\/[A-Za-z0-9_-]{43}/g, "invitations/*")
    .replaceAll(/<time dateTime="(?!2026-03-0)[^"]*">[^<]*<\/time>/g, "<time>*</time>")
    .replaceAll(/(?!2026-03-0)20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "*");
}
