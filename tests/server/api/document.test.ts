import { afterAll, beforeAll, expect, test } from "vitest";
import { calls, openapi } from "#server/api/calls.ts";
import { callApi } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test("the served document lists exactly the calls there are", async () => {
  const served = await callApi(server, { method: "GET", path: "/openapi.json" });
  expect(served.status).toBe(200);
  expect(served.body).toEqual(JSON.parse(JSON.stringify(openapi())));
  expect(served.body.openapi).toBe("3.1.0");
  const paths: Record<string, object> = served.body.paths;
  const listed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const known = calls.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
  expect(listed.sort()).toEqual(known.sort());
});

test("the document says which calls need no token, and what each may refuse", () => {
  const { paths } = openapi();
  expect(paths?.["/templates"]?.get?.security).toEqual([]);
  expect(paths?.["/panels"]?.get?.security).toEqual([{ token: [] }]);
  const score = paths?.["/panels/{panelId}/scores/{policyId}/{criterionId}"]?.put;
  expect(Object.keys(score?.responses ?? {})).toEqual(["200", "401", "403", "404", "409", "422"]);
  expect(JSON.stringify(score?.requestBody)).toContain('"additionalProperties":false');
  expect(score?.parameters?.map((parameter) => ("name" in parameter ? parameter.name : ""))).toEqual([
    "panelId",
    "policyId",
    "criterionId",
    "Idempotency-Key",
  ]);
});
