import fc from "fast-check";
import type { Call } from "#server/api/call.ts";
import { calls } from "#server/api/calls.ts";
import { builtPages } from "#tests/support/built-pages.ts";
import { valuesOf } from "./from-schema.ts";
import { type Ground, type Role, roles } from "./ground.ts";
import { hostileText, percentEncoded } from "./hostile.ts";
import type { Kind } from "./kinds.ts";
import { bytesOf, changed, changes, damage } from "./mutate.ts";
import { samples } from "./samples.ts";
import type { Sent } from "./sent.ts";

const as = fc.constantFrom("cookie" as const, "bearer" as const);
const form = "application/x-www-form-urlencoded";

/** Those who get furthest with a call come most often. */
function senders(...likely: Role[]): fc.Arbitrary<Role> {
  return fc.oneof(
    { arbitrary: fc.constantFrom(...likely), weight: 4 },
    { arbitrary: fc.constantFrom(...roles), weight: 1 },
  );
}

/** Each call that writes: bodies made from its own schema, then spoilt. */
export function bodyKinds(ground: Ground): Kind[] {
  return calls
    .filter(({ method }) => method !== "GET")
    .map((call) => ({ name: `body ${call.method} ${call.path}`, cases: bodies(call, ground) }));
}

function bodies(call: Call, ground: Ground): fc.Arbitrary<Sent> {
  const name = `${call.method} ${call.path}`;
  const sample = samples[name];
  const own = call.body ? valuesOf(call.body, ground.hints) : fc.constant({});
  const values = sample === undefined ? own : fc.oneof(own, fc.constant(sample));
  const jsonType = fc.oneof(
    { arbitrary: fc.constant<string | undefined>("application/json"), weight: 15 },
    {
      arbitrary: fc.constantFrom(undefined, "application/json; charset=utf-7", form, "application/json;;=", "x"),
      weight: 1,
    },
  );
  const keys = fc.constantFrom("a-key", "a-key", "another", "x".repeat(201), " ", "\u00e9");
  const key = fc.oneof(
    { arbitrary: fc.constant<string | undefined>(undefined), weight: 5 },
    { arbitrary: keys, weight: 1 },
  );
  return fc
    .record({
      by:
        call.path.includes("scores") || call.path.includes("submission") ? senders("reviewer") : senders("facilitator"),
      as,
      path: ground.addressOf(`/api/v1${call.path}`),
      type: jsonType,
      value: values,
      all: changes,
      harm: damage,
      key,
    })
    .map(({ value, all, harm, key: once, ...sent }) => ({
      ...sent,
      way: "request",
      method: call.method,
      body: bytesOf(changed(value, all), harm),
      headers: once === undefined ? {} : { "idempotency-key": once },
    }));
}

interface Field {
  readonly name: string;
  readonly value: string;
}

/** A field as a page shows it: what may be chosen, or what stands in it. */
interface ShownField {
  readonly name: string;
  readonly values: readonly string[];
}

/** Each form: the fields as its page shows them, then spoilt. */
export async function formKinds(ground: Ground, url: string): Promise<Kind[]> {
  const { routes } = await builtPages();
  const paths = Object.values(routes).flatMap((route) => (route?.module.action ? [`/${route.path ?? ""}`] : []));
  const kinds: Kind[] = [];
  for (const path of paths)
    kinds.push({ name: `form ${path}`, cases: forms(path, await shownAt(ground, url, path), ground) });
  return kinds;
}

/** What stands in the forms of a page, for those who may see it. */
async function shownAt(ground: Ground, url: string, pattern: string): Promise<ShownField[][]> {
  const shown: ShownField[][] = [];
  for (const role of ["facilitator", "reviewer", "administrator", "nobody"] as const) {
    for (const path of fc.sample(ground.addressOf(pattern), { seed: 1, numRuns: 8 })) {
      const token = await ground.sessionOf(role, false);
      const answer = await fetch(url + path, { headers: { cookie: `${ground.cookieName}=${token}` } });
      if (answer.status === 200) shown.push(...formsIn(await answer.text()));
    }
  }
  return shown.length === 0 ? [[]] : shown;
}

function formsIn(html: string): ShownField[][] {
  return [...html.matchAll(/<form[^>]*method="post"[\s\S]*?<\/form>/gi)].map(([form]) => {
    const values = new Map<string, string[]>();
    // An option belongs to the field before it; buttons and radio buttons of one name are one choice.
    let name = "";
    for (const [tag, kind] of form.matchAll(/<(input|select|textarea|button|option)\b[^>]*>/g)) {
      if (kind !== "option") name = /\bname="([^"]+)"/.exec(tag)?.[1] ?? "";
      const value = /\bvalue="([^"]*)"/.exec(tag)?.[1];
      const known = values.get(name) ?? [];
      if (name !== "") values.set(name, value === undefined ? known : [...known, value]);
    }
    return [...values].map(([field, all]) => ({ name: field, values: all }));
  });
}

/** A part of a name, or a whole one, as forms of ours have them, and as none of ours does. */
const fieldName = fc.oneof(
  fc.constantFrom(
    "__proto__.title",
    "policies.__proto__.title",
    "policies.0.constructor.name",
    "policies.9999.title",
    "policies.0",
    "policies.0.title.0.title",
    "policies",
    "rubric",
    "rubric.criteria.0",
    "_intent",
    "_key",
    "",
    ".",
    "a..b",
    "protocol",
    "constructor",
    "invitations.0.email",
  ),
  fc.integer({ min: 2, max: 12_000 }).map((times) => "a.".repeat(times).concat("a")),
  hostileText,
);

const intents = [
  "move",
  "invite",
  "reopen",
  "revoke",
  "remove",
  "add policies",
  "remove policies 0",
  "add rubric.criteria",
  "empty-rubric",
  "copy-template",
  "demonstration",
  "recuse",
  "keep",
  "take-back",
  "save",
  "next",
  "add __proto__",
];

type Spoil = (fields: readonly Field[]) => Field[];

const spoil: fc.Arbitrary<Spoil> = fc.oneof(
  fc.tuple(fc.nat(), hostileText).map(
    ([at, value]): Spoil =>
      (fields) =>
        fields.map((field, index) => (index === at % fields.length ? { ...field, value } : field)),
  ),
  fc.nat().map(
    (at): Spoil =>
      (fields) =>
        fields.filter((_, index) => index !== at % fields.length),
  ),
  fc.nat().map(
    (at): Spoil =>
      (fields) =>
        fields.flatMap((field, index) => (index === at % fields.length ? [field, field] : [field])),
  ),
  fc.tuple(fieldName, hostileText).map(
    ([name, value]): Spoil =>
      (fields) => [...fields, { name, value }],
  ),
  fc.tuple(fieldName, fc.nat()).map(
    ([name, at]): Spoil =>
      (fields) =>
        fields.map((field, index) => (index === at % fields.length ? { ...field, name } : field)),
  ),
  fc.constantFrom(...intents).map(
    (value): Spoil =>
      (fields) => [...fields.filter(({ name }) => name !== "_intent"), { name: "_intent", value }],
  ),
  fc.integer({ min: 100, max: 4_000 }).map(
    (count): Spoil =>
      (fields) => [
        ...fields,
        ...Array.from({ length: count }, (_, row) => ({ name: `policies.${row}.id`, value: "" })),
      ],
  ),
  fc.integer({ min: 100, max: 4_000 }).map(
    (count): Spoil =>
      (fields) => [
        ...fields,
        ...Array.from({ length: count }, (_, row) => ({ name: `rubric.criteria.${row}.x`, value: "" })),
      ],
  ),
);

function forms(pattern: string, shown: readonly ShownField[][], ground: Ground): fc.Arbitrary<Sent> {
  const filled = fc
    .constantFrom(...shown)
    .chain((fields) =>
      fc
        .tuple(...fields.map((field) => valueFor(field, ground)))
        .map((values) => fields.map(({ name }, index) => ({ name, value: values[index] ?? "" }))),
    );
  return fc
    .record({
      by: senders("facilitator", "reviewer", "administrator", "nobody"),
      path: ground.addressOf(pattern),
      ending: fc.constantFrom("", "", ".data", ".data?_routes=root", "?index", "?_data=routes%2Fpanels"),
      fields: filled,
      spoils: fc.array(spoil, { maxLength: 3 }),
      harm: damage,
    })
    .map(({ by, path, ending, fields, spoils, harm }) => {
      const spoilt = spoils.reduce((so, act) => act(so), fields);
      const text = urlEncoded(spoilt).slice(0, 65_000);
      const body = harm === null ? text : text.slice(0, Math.ceil(text.length * harm.keep)) + harm.insert;
      return { way: "request", by, as: "cookie", method: "POST", path: path + ending, type: form, body };
    });
}

function valueFor({ name, values }: ShownField, { hints }: Ground): fc.Arbitrary<string> {
  const known = hints[name.split(".").at(-1) ?? ""];
  const chosen = values.filter((value) => value !== "");
  const own = chosen.length === 0 ? fc.constantFrom("A text.", "") : fc.constantFrom(...chosen);
  return known ? fc.oneof(known.map(String), own) : own;
}

function urlEncoded(fields: readonly Field[]): string {
  return fields.map(({ name, value }) => `${percentEncoded(name)}=${percentEncoded(value)}`).join("&");
}

const names = [
  "cell",
  "next",
  "token",
  "view",
  "order",
  "format",
  "_routes",
  "_data",
  "index",
  "show",
  "x",
  "by",
  "policy",
];
const queryPart = fc
  .record({
    name: fc.oneof({ arbitrary: fc.constantFrom(...names), weight: 6 }, { arbitrary: hostileText, weight: 1 }),
    value: fc.oneof(
      hostileText,
      fc.constantFrom(
        "json",
        "csv",
        "P1-I1",
        "routes/board",
        "root",
        "routes/board,routes/manage",
        "numbers",
        "/panels",
      ),
    ),
  })
  .map(({ name, value }) => urlEncoded([{ name, value }]));

/** Each address that is read, with queries of every kind. */
export async function queryKinds(ground: Ground): Promise<Kind[]> {
  const { routes } = await builtPages();
  const pages = Object.values(routes).flatMap((route) => (route?.module.loader ? [`/${route.path ?? ""}`] : []));
  const reads = calls.filter(({ method }) => method === "GET").map(({ path }) => `/api/v1${path}`);
  return [...new Set([...pages, ...reads])].map((pattern) => ({
    name: `query ${pattern}`,
    cases: queries(pattern, ground),
  }));
}

function queries(pattern: string, ground: Ground): fc.Arbitrary<Sent> {
  return fc
    .record({
      by: senders("facilitator", "reviewer", "observer"),
      as,
      path: ground.addressOf(pattern),
      ending: pattern.startsWith("/api/") ? fc.constant("") : fc.constantFrom("", "", ".data"),
      query: fc.array(queryPart, { maxLength: 4 }).map((parts) => parts.join("&")),
      method: fc.oneof(
        { arbitrary: fc.constant("GET"), weight: 9 },
        { arbitrary: fc.constantFrom("HEAD", "OPTIONS"), weight: 1 },
      ),
    })
    .map(({ path, ending, query, ...sent }) => ({
      ...sent,
      way: "request",
      path: `${path}${ending}?${pattern.endsWith("/export") ? "format=json&" : ""}${query}`.slice(0, 4_000),
    }));
}
