import type { ServerBuild } from "@remix-run/node";
import type { CellId } from "#rubric/rubric.ts";
import type { Call } from "#server/api/call.ts";
import { calls } from "#server/api/calls.ts";

/** What the parts of addresses stand for in a panel; what is not here is not known to these tests. */
export interface Place {
  readonly panelId: string;
  readonly cells: readonly CellId[];
}

const nobody = "00000000-0000-4000-8000-000000000000";

function valuesOf({ panelId }: Place): Readonly<Record<string, string>> {
  return {
    panelId,
    memberId: nobody,
    invitationId: nobody,
    tokenId: nobody,
    version: "1",
    token: "no-such-token",
    invitationToken: "no-such-token",
    "*": "nothing/here",
  };
}

/** The addresses of a pattern such as `/panels/:panelId/board/:policyId/:criterionId`: one for each cell, if it names cells. */
export function addressesOf(pattern: string, place: Place): string[] {
  const isOfCell = pattern.includes(":policyId");
  const values = valuesOf(place);
  return (isOfCell ? place.cells : [null]).map((cell) =>
    pattern
      .split("/")
      .map((segment) => {
        const name = segment === "*" ? "*" : segment.slice(1);
        if (!segment.startsWith(":") && segment !== "*") return segment;
        const value = { ...values, ...cell }[name];
        if (value === undefined) throw new Error(`Say in addresses.ts what ${segment} of ${pattern} stands for.`);
        return value;
      })
      .join("/"),
  );
}

/** A page of the build, by its route. */
export interface PageRoute {
  readonly id: string;
  /** From the root, such as `/panels/:panelId/board`. */
  readonly pattern: string;
  readonly hasLoader: boolean;
  readonly hasAction: boolean;
}

/** Every route of the build, layouts included: each of them answers by itself. */
export function routesOf({ routes }: ServerBuild): PageRoute[] {
  const patternOf = (id: string | undefined): string => {
    const route = id === undefined ? undefined : routes[id];
    if (!route) return "";
    const own = route.path ? `/${route.path}` : "";
    return `${patternOf(route.parentId)}${own}`;
  };
  return Object.values(routes).flatMap((route) =>
    route
      ? [
          {
            id: route.id,
            pattern: patternOf(route.id) || "/",
            hasLoader: route.module.loader !== undefined,
            hasAction: route.module.action !== undefined,
          },
        ]
      : [],
  );
}

export const forms = ["document", "data", "single", "old-data"] as const;
export type Form = (typeof forms)[number];

/** How a route is asked for: as a page, for all its data, for its own loader alone, or as Remix did before. */
export function inForm(path: string, form: Form, routeId: string): string {
  const id = encodeURIComponent(routeId);
  const [bare = "", query] = path.split("?");
  const rest = query === undefined ? "" : `&${query}`;
  const data = bare === "/" ? "/_root.data" : `${bare}.data`;
  switch (form) {
    case "document":
      return path;
    case "data":
      return query === undefined ? data : `${data}?${query}`;
    case "single":
      return `${data}?_routes=${id}${rest}`;
    case "old-data":
      return `${bare}?_data=${id}${rest}`;
  }
}

export function readingCalls(): Call[] {
  return calls.filter(({ method }) => method === "GET");
}

export function writingCalls(): Call[] {
  return calls.filter(({ method }) => method !== "GET");
}

/** A call's addresses, one for each value that its query may have. */
export function callAddresses(call: Call, place: Place): string[] {
  const queries = (call.query ?? []).flatMap(({ name, schema }) => {
    const options = "options" in schema && Array.isArray(schema.options) ? schema.options : [];
    // The current round, without it.
    if (name === "round") return [];
    if (options.length === 0) throw new Error(`Say in addresses.ts what ${name} of ${call.path} can be.`);
    return options.map((option) => `?${name}=${option}`);
  });
  const suffixes = queries.length === 0 ? [""] : queries;
  return addressesOf(call.path, place).flatMap((path) => suffixes.map((suffix) => path + suffix));
}
