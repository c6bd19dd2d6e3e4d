import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import { problem } from "./answers/common.ts";
import type { Call, Method } from "./call.ts";
import { parameterNames, parameterSchemas } from "./parameters.ts";

type Document = ReturnType<OpenApiGeneratorV31["generateDocument"]>;

/** An OpenAPI 3.1 document of exactly these calls. */
export function documentOf(calls: readonly Call[]): Document {
  const registry = new OpenAPIRegistry();
  registry.registerComponent("securitySchemes", "token", { type: "http", scheme: "bearer" });
  for (const call of calls) registry.registerPath(routeOf(call));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: "3.1.0",
    info: {
      title: "Concord",
      version: "1",
      description:
        "Panels that score policies independently. JSON in and out; errors are application/problem+json. " +
        "A token, or the session cookie of a page of the same origin, says who asks.",
    },
    servers: [{ url: "/api/v1" }],
  });
}

const verbs: Readonly<Record<Method, RouteConfig["method"]>> = {
  GET: "get",
  POST: "post",
  PUT: "put",
  DELETE: "delete",
};

function routeOf(call: Call): RouteConfig {
  return {
    method: verbs[call.method],
    path: call.path.replaceAll(/:([A-Za-z]+)/g, "{$1}"),
    summary: call.summary,
    security: call.access === "anyone" ? [] : [{ token: [] }],
    request: requestOf(call),
    responses: { ...successOf(call), ...refusalsOf(call) },
  };
}

function requestOf(call: Call): NonNullable<RouteConfig["request"]> {
  const names = parameterNames(call.path);
  const query = call.query ?? [];
  return {
    ...(names.length > 0 ? { params: z.object(Object.fromEntries(names.map((name) => [name, schemaOf(name)]))) } : {}),
    ...(query.length > 0
      ? { query: z.object(Object.fromEntries(query.map(({ name, schema }) => [name, schema]))) }
      : {}),
    ...(call.method === "GET" ? {} : { headers: idempotencyKey }),
    ...(call.body ? { body: { required: true, content: { "application/json": { schema: call.body } } } } : {}),
  };
}

const idempotencyKey = z.object({
  "Idempotency-Key": z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      "The same key and body answer what the first request answered; the same key with another body answers 422.",
    ),
});

function schemaOf(name: string): z.ZodType {
  return parameterSchemas[name] ?? z.string();
}

function successOf({ answer, status }: Call): RouteConfig["responses"] {
  if (answer === undefined) return { 204: { description: "Done." } };
  if (answer === "attachment") {
    const schema = z.string();
    const content = { "application/json": { schema }, "text/csv": { schema }, "application/zip": { schema } };
    return { 200: { description: "A file.", content } };
  }
  return { [status ?? 200]: { description: "Done.", content: { "application/json": { schema: answer } } } };
}

const meanings: Readonly<Record<number, string>> = {
  401: "Nobody is signed in, or the token is not valid.",
  403: "The caller may not do this, or not now.",
  404: "There is nothing here, or it is not the caller's to see.",
  409: "Something has changed since the caller looked.",
  422: "The body is not what this call takes.",
  429: "Too many attempts; Retry-After says when the next is possible.",
};

function refusalsOf(call: Call): RouteConfig["responses"] {
  const statuses = [
    ...(call.access === "anyone" ? [] : [401]),
    ...(parameterNames(call.path).length > 0 ? [404] : []),
    ...(call.body ? [422] : []),
    ...(call.refusals ?? []),
  ];
  const content = { "application/problem+json": { schema: problem } };
  return Object.fromEntries(statuses.map((status) => [status, { description: meanings[status] ?? "", content }]));
}
