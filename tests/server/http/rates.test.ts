import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "#server/config.ts";
import { makeRate } from "#server/rates.ts";
import { builtPages } from "#tests/support/built-pages.ts";
import { aPanel, give, type TestPanel } from "#tests/support/panels.ts";
import { type Person, person } from "#tests/support/people.ts";
import { rawRequest } from "#tests/support/raw-http.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

/** Slower than as delivered, so that a slow machine cannot keep below it. */
const writesPerSecond = 1;

let server: TestServer;
let panel: TestPanel;
beforeAll(async () => {
  server = await startServer({ build: builtPages, config: { writesPerSecond } });
  panel = await aPanel(server, { reviewers: 2 });
});
afterAll(() => server.stop());

function save(who: Person, version: number) {
  const path = `/panels/${panel.panelId}/scores/P1/I1`;
  return who.call("PUT", path, { value: 1, rationale: "Because.", version });
}

test("is 20 writes a second, and a hundred at once, as delivered", () => {
  expect(readConfig({}).writesPerSecond).toBe(20);
});

describe("a person who floods the server with writes", () => {
  test("is held at the rate, in words, while others go on", async () => {
    const [flooder, other] = [panel.reviewers[0]!, panel.reviewers[1]!];
    const began = performance.now();
    const answers = await Promise.all(Array.from({ length: 60 }, () => save(flooder, 0)));
    const seconds = (performance.now() - began) / 1000;

    const refused = answers.filter(({ status }) => status === 429);
    const passed = answers.length - refused.length;
    expect(passed).toBeGreaterThan(2);
    expect(passed).toBeLessThanOrEqual(5 * writesPerSecond + writesPerSecond * seconds + 1);
    expect(refused[0]?.body).toMatchObject({
      status: 429,
      title: "Too Many Requests",
      detail: "You are writing faster than this server takes it. Wait a moment, then send this again.",
    });
    expect(Number(refused[0]?.headers.get("retry-after"))).toBe(1);

    await give(panel, other, { policyId: "P1", criterionId: "I1", value: 2 });
    expect((await flooder.call("GET", `/panels/${panel.panelId}/scores`)).status).toBe(200);
  });

  // The refusal comes from the server and is caught by the pages, which are built apart from it.
  test("keeps a form's text, and its cookie and token count as one person", async () => {
    const who = await person(server, "Flo Flooder");
    const made = await Promise.all(Array.from({ length: 30 }, () => who.call("POST", "/tokens", { name: "" })));
    expect(made.some(({ status }) => status === 429)).toBe(true);
    const post = () =>
      rawRequest(server.url, {
        method: "POST",
        path: "/profile.data",
        headers: {
          cookie: who.cookie,
          "sec-fetch-site": "same-origin",
          "content-type": "application/x-www-form-urlencoded",
        },
        body: "name=The+text+that+was+typed",
      });
    const answers = await Promise.all(Array.from({ length: 30 }, post));
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.text).toContain("You are writing faster");
    expect(refused?.text).toContain("The text that was typed");
  });
});

describe("looking up pages", () => {
  const lookUp = async (prefix: string, steps: number) => {
    const { assets } = await builtPages();
    const paths = Array.from(
      { length: 10 },
      (_, index) => `&p=${encodeURIComponent(`/${index}${"/a".repeat(steps)}`)}`,
    );
    return rawRequest(server.url, { path: `${prefix}__manifest?version=${assets.version}${paths.join("")}` });
  };

  test.each(["/", "/./", "/x/../", "/%2e/", "/x/%2E%2e/"])("is bounded at %s too", async (prefix) => {
    expect((await lookUp(prefix, 9)).status).not.toBe(400);
    expect((await lookUp(prefix, 10)).status).toBe(400);
  });

  test("is bounded for each network", async () => {
    const statuses = [];
    for (let count = 0; count < 60; count += 1) statuses.push((await lookUp("/", 9)).status);
    expect(statuses[0]).toBe(200);
    expect(statuses.at(-1)).toBe(429);
  });
});

describe("a rate", () => {
  test("forgets those it need not remember, and nobody else", () => {
    const rate = makeRate({ perSecond: 0.000_001, burst: 2, sentence: "No." });
    for (let one = 0; one < 9_999; one += 1) rate.take(`x${one}`);
    rate.take("me");
    rate.take("me");
    for (let one = 0; one < 5_000; one += 1) rate.take(`y${one}`);
    expect(() => rate.take("me")).toThrow("No.");
    expect(() => rate.take("x9998", 2)).toThrow("No.");
    expect(() => rate.take("x0", 2)).not.toThrow();
  });
});
