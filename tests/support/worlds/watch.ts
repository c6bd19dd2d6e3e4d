import type { ServerBuild } from "@remix-run/node";
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
import type { Draw } from "./draw.ts";
import { callProbes, endsItself } from "./probes.ts";
import type { World } from "./world.ts";

/** One thing that a viewer asks for. */
export interface Request {
  readonly label: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** One thing that a viewer got: everything about it but what differs between any two requests. */
export interface Sighting {
  readonly label: string;
  readonly text: string;
}

/** Everything that anybody can ask about a panel: each page in each form, each reading call, each refusable write. */
export function everythingAbout(build: ServerBuild, place: Place): Request[] {
  return [
    ...routesOf(build).flatMap((route) => pageRequests(route, place)),
    ...readingCalls().flatMap((call) =>
      callAddresses(call, place).map((path) => ({ label: `GET ${path}`, method: "GET", path: `/api/v1${path}` })),
    ),
    ...writingCalls().flatMap((call) => {
      const name = `${call.method} ${call.path}`;
      if (name === endsItself) return [];
      if (!(name in callProbes)) throw new Error(`Say in probes.ts how ${name} can be tried without doing anything.`);
      const [path = ""] = addressesOf(call.path, place);
      return [{ label: `${call.method} ${path}`, method: call.method, path: `/api/v1${path}`, body: callProbes[name] }];
    }),
  ];
}

function pageRequests(route: PageRoute, place: Place): Request[] {
  if (!route.hasLoader) return [];
  return addressesOf(route.pattern, place).flatMap((path) =>
    forms.map((form) => ({
      label: `${route.id} as ${form}`,
      method: "GET",
      path: inForm(path, form, route.id),
    })),
  );
}

/** A part of all requests, the same for the same draws. */
export function chosenFrom(requests: readonly Request[], draw: Draw, percent: number): Request[] {
  return requests.filter(() => draw.often(percent));
}

export async function look(world: World, person: Person, { label, method, path, body }: Request): Promise<Sighting> {
  const hasBody = body !== undefined && body !== null;
  const response = await fetch(world.url + path, {
    method,
    redirect: "manual",
    headers: {
      ...(path.startsWith("/api/")
        ? { authorization: `Bearer ${person.token}` }
        : { cookie: person.cookie, "sec-fetch-site": "same-origin" }),
      ...(hasBody ? { "content-type": "application/json" } : {}),
    },
    ...(hasBody ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  const headers = [...response.headers].filter(([name]) => name !== "date").map(([name, value]) => `${name}: ${value}`);
  return { label, text: withoutChance([response.status, ...headers, "", text].join("\n")) };
}

/** Without the page's nonce, one-time links, and moments of the machine's own clock: the lives of sessions. */
export function withoutChance(text: string): string {
  return text
    .replaceAll(/nonce(-|=\\?")[A-Za-z0-9+/]{22}==/g, "nonce$1*")
    .replaceAll(/invitations\/[A-Za-z0-9_-]{43}/g, "invitations/*")
    .replaceAll(/<time dateTime="(?!2026-03-0)[^"]*">[^<]*<\/time>/g, "<time>*</time>")
    .replaceAll(/(?!2026-03-0)20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "*");
}
