import type { ServerBuild } from "@remix-run/node";
import type { Call } from "#server/api/call.ts";
import {
  addressesOf,
  callAddresses,
  type Form,
  forms,
  inForm,
  type PageRoute,
  type Place,
  readingCalls,
  routesOf,
  writingCalls,
} from "../worlds/addresses.ts";
import { type Asker, callRows, type Outcome, pageRows, type Rule, rowOf } from "../worlds/rows.ts";
import type { Request } from "../worlds/watch.ts";

/** A request, and what it has to be answered by its row. */
export interface Cell extends Request {
  /** With the session's cookie, or with its id as a token. */
  readonly by: "cookie" | "token";
  readonly endsSession?: true;
  expected(asker: Asker): number;
}

type Channel = Form | "sent document" | "sent data" | "call";

/** Where somebody is sent when there is nothing to show. */
const redirects: Readonly<Record<Channel, number>> = {
  document: 302,
  data: 202,
  single: 202,
  "old-data": 400,
  "sent document": 302,
  "sent data": 202,
  call: 302,
};

function statusOf(outcome: Outcome, channel: Channel): number {
  // What Remix answered to before is answered to nobody.
  if (channel === "old-data") return 400;
  if (typeof outcome === "number") return outcome;
  const isRefused = outcome === "sign-in" && (channel === "call" || channel === "sent data");
  return isRefused ? 401 : redirects[channel];
}

/** Every request that can be made about a panel, or, without one, about none. */
export function allCells(build: ServerBuild, place: Place, isAbout: "panel" | "rest"): Cell[] {
  return [...answeredCells(build, place, isAbout), ...refusedCells(build, place, isAbout)];
}

/** Those whose answer depends on the panel and on who asks. */
export function answeredCells(build: ServerBuild, place: Place, isAbout: "panel" | "rest"): Cell[] {
  const belongs = (pattern: string) => pattern.includes(":panelId") === (isAbout === "panel");
  const routes = routesOf(build).filter(({ pattern }) => belongs(pattern));
  return [
    ...routes.flatMap((route) => [...loads(route, place), ...sends(route, place)]),
    ...readingCalls()
      .filter(({ path }) => belongs(path))
      .flatMap((call) => callCells(call, place)),
    ...writingCalls()
      .filter(({ path }) => belongs(path))
      .flatMap((call) => callCells(call, place).slice(0, 1)),
  ];
}

/** Those that are refused whatever the panel is and whoever asks: methods that nothing has, forms of address of the past. */
function refusedCells(build: ServerBuild, place: Place, isAbout: "panel" | "rest"): Cell[] {
  const belongs = (pattern: string) => pattern.includes(":panelId") === (isAbout === "panel");
  const routes = routesOf(build).filter(({ pattern }) => belongs(pattern));
  return [
    ...routes.flatMap((route) => [...oldLoads(route, place), ...wrongMethods(route, place)]),
    ...unknownMethods(place, belongs),
  ];
}

function loads(route: PageRoute, place: Place): Cell[] {
  // The root has no address of its own: its document is the home page's.
  return loadsAs(route, place, route.id === "root" ? ["single"] : forms.filter((form) => form !== "old-data"));
}

function oldLoads(route: PageRoute, place: Place): Cell[] {
  return loadsAs(route, place, ["old-data"]);
}

function loadsAs(route: PageRoute, place: Place, ways: readonly Form[]): Cell[] {
  const { load, query } = rowOf(pageRows, route.id);
  const suffix = query === undefined ? "" : `?${query}`;
  return addressesOf(route.pattern, place).flatMap((path) =>
    ways.map((form) => ({
      label: `${route.id} as ${form}`,
      method: "GET",
      path: inForm(path + suffix, form, route.id),
      by: "cookie" as const,
      expected: (asker: Asker) => statusOf(load(asker), form),
    })),
  );
}

function sends(route: PageRoute, place: Place): Cell[] {
  const { load, query, send = [] } = rowOf(pageRows, route.id);
  if (route.hasAction && send.length === 0 && route.id !== "routes/sign-out")
    throw new Error(`${route.id} takes forms, and its row in tests/support/worlds/rows.ts sends none.`);
  const [path = ""] = addressesOf(route.pattern, place);
  const at = query === undefined ? path : `${path}?${query}`;
  return send.flatMap(({ fields, rule }) => {
    const sent = { method: "POST", by: "cookie" as const, fields };
    const what = `${route.id} sent ${fields._intent ?? ""}`;
    return [
      {
        ...sent,
        label: `${what} as data`,
        path: inForm(at, "data", route.id),
        expected: (asker: Asker) => statusOf(rule(asker), "sent data"),
      },
      { ...sent, label: `${what} as document`, path: at, expected: (asker: Asker) => afterSending(asker, rule, load) },
    ];
  });
}

/** Without scripts the page is drawn again after the form was refused, unless there is nothing to draw it on. */
function afterSending(asker: Asker, rule: Rule, load: Rule): number {
  const sent = rule(asker);
  const page = load(asker);
  if (sent === 404 || sent === "elsewhere") return statusOf(sent, "sent document");
  return statusOf(page === 200 ? sent : page, "sent document");
}

function wrongMethods(route: PageRoute, place: Place): Cell[] {
  if (route.id === "root") return [];
  const [path = ""] = addressesOf(route.pattern, place);
  const methods = route.hasAction ? ["PUT", "DELETE"] : ["PUT", "DELETE", "POST"];
  return methods.map((method) => ({
    label: `${route.id} by ${method}`,
    method,
    path: inForm(path, "data", route.id),
    by: "cookie",
    ...(method === "POST" ? { fields: { anything: "1" } } : {}),
    expected: () => 405,
  }));
}

function callCells(call: Call, place: Place): Cell[] {
  const row = rowOf(callRows, `${call.method} ${call.path}`);
  return callAddresses(call, place).map((path) => ({
    label: `${call.method} ${call.path}${path.replace(/^[^?]*/, "")}`,
    method: call.method,
    path: `/api/v1${path}`,
    by: "token",
    ...(row.body === undefined ? {} : { body: row.body }),
    ...(row.endsSession ? { endsSession: true } : {}),
    expected: (asker: Asker) => statusOf(row.rule(asker), "call"),
  }));
}

function unknownMethods(place: Place, belongs: (path: string) => boolean): Cell[] {
  const paths = new Set([...readingCalls(), ...writingCalls()].map(({ path }) => path).filter(belongs));
  return [...paths].map((path) => ({
    label: `PATCH ${path}`,
    method: "PATCH",
    path: `/api/v1${addressesOf(path, place)[0]}`,
    by: "token",
    expected: ({ isSignedIn }: Asker) => (isSignedIn ? 405 : 401),
  }));
}
