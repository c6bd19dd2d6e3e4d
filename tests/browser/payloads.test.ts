import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { APIRequestContext, Browser, BrowserContext, Page } from "@playwright/test";
import { payloads } from "#tests/support/payloads.ts";
import { enterAs, expect, type Product, test } from "#tests/support/product.ts";

const facilitatorName = "Facilitator (committee staff)";
const reviewerName = "Reviewer 7 (foreign-affairs staff)";
const all = payloads.join("\n");

/** The API by the cookie of a page. */
async function call(request: APIRequestContext, method: string, path: string, data?: unknown) {
  const headers = { "Sec-Fetch-Site": "same-origin" };
  const answer = await request.fetch(`/api/v1${path}`, { method, headers, ...(data === undefined ? {} : { data }) });
  expect({ path, text: answer.ok() ? "" : await answer.text() }).toEqual({ path, text: "" });
  return answer.status() === 204 ? null : answer.json();
}

const short = (most: number) => payloads.filter((text) => text.length <= most);
const nth = (texts: readonly string[], index: number) => texts[index % texts.length] ?? "";

/** Some of them in one text of at most so many characters. */
const part = (from: number, to: number, most: number) => payloads.slice(from, to).join(" ").slice(0, most);

/** A set-up with a payload in every text that it has. */
function hostileSetUp() {
  const [tiny, small] = [short(40), short(60)];
  return {
    title: nth(payloads, 0),
    question: part(0, 24, 1000),
    rubric: {
      title: nth(payloads, 1),
      summary: part(24, 44, 1000),
      notices: [part(44, 64, 1000)],
      source: {
        title: nth(payloads, 2),
        authors: [nth(payloads, 3)],
        organisation: nth(payloads, 4),
        kind: nth(payloads, 5),
        usedHere: nth(payloads, 6),
        url: 'https://example.org/?x="><script>pwned=1</script>'.replaceAll(/[<>"]/g, ""),
      },
      perspectives: [0, 1].map((index) => ({
        id: `V${index}`,
        title: nth(payloads, 7 + index).slice(0, 80),
        description: part(64, 84, 1000),
      })),
      scale: {
        min: -2,
        max: 2,
        title: nth(payloads, 9),
        anchors: [-2, 0, 2].map((level, index) => ({
          level,
          name: nth(small, index),
          text: part(84, 88, 300),
        })),
      },
      criteria: Array.from({ length: 6 }, (_, index) => ({
        id: `C${index}`,
        name: nth(payloads, 10 + index),
        short: nth(tiny, index),
        perspective: `V${index % 2}`,
        question: part(0, 20, 1000),
        goal: part(20, 24, 300),
        gloss: part(24, 60, 2000),
        effect: { low: nth(small, index), high: nth(small, index + 6) },
      })),
      otherConsiderationsPrompt: part(60, 64, 300),
      referenceReading: {
        title: nth(payloads, 16),
        notice: part(64, 80, 1000),
        cells: [
          {
            policyId: "P0",
            criterionId: "C0",
            paraphrase: part(80, 96, 1000),
            quote: nth(payloads, 17),
            quoteSource: nth(payloads, 18),
            placement: "authors",
          },
        ],
      },
    },
    policies: payloads.map((title, index) => ({
      id: `P${index}`,
      title,
      short: nth(tiny, index),
      description: index < 4 ? all.slice(1_000 * index, 1_000 * index + 4_000) : title,
      noteToReviewers: title,
      aim: title,
    })),
    protocol: "staff-team",
  };
}

/** What has run or become an element on a page, whatever the policy of its headers would still have stopped. */
async function harmOn(page: Page): Promise<unknown> {
  return page.evaluate(() => ({
    ran: "pwned" in window,
    elements: [
      ...document.querySelectorAll(
        "[data-pwned], script:not([nonce]):not([src^='/']), iframe, object, embed, base, marquee, isindex",
      ),
    ].map(({ outerHTML }) => outerHTML.slice(0, 200)),
    links: [...document.querySelectorAll("a[href], form[action], [formaction]")]
      .map(
        (element) =>
          element.getAttribute("href") ?? element.getAttribute("action") ?? element.getAttribute("formaction") ?? "",
      )
      .filter((address) => !/^(\/(?![/\\])|#|\?|https:\/\/example\.org\/|$)/.test(address)),
  }));
}

const noHarm = { ran: false, elements: [], links: [] };

interface Stage {
  readonly panelId: string;
  readonly facilitator: Page;
  readonly reviewer: Page;
  readonly invitation: string;
}

/** Browsers that let everything run which a page of ours would wrongly contain. */
async function careless(browser: Browser, product: Product): Promise<BrowserContext> {
  return browser.newContext({ baseURL: product.url, bypassCSP: true });
}

async function setTheStage(browser: Browser, product: Product): Promise<Stage> {
  const [facilitator, reviewer] = await Promise.all(
    [facilitatorName, reviewerName].map(async (name) => {
      const page = await (await careless(browser, product)).newPage();
      await enterAs(page, name);
      return page;
    }),
  );
  if (!facilitator || !reviewer) throw new Error("nobody is here");
  const { panelId } = await call(facilitator.request, "POST", "/panels", hostileSetUp());
  const { panels } = await call(facilitator.request, "GET", "/panels");
  const demonstration = panels.find(({ panelId: id }: { panelId: string }) => id !== panelId).panelId;
  const { members } = await call(facilitator.request, "GET", `/panels/${demonstration}`);
  const { email } = members.find(({ name }: { name: string }) => name === reviewerName);
  const invitations = [
    { email, role: "reviewer", group: nth(short(80), 0) },
    ...[1, 2, 3].map((index) => ({ email: `p${index}@example.org`, role: "reviewer", group: nth(short(80), index) })),
    { email: "waits@example.org", role: "observer" },
  ];
  const { invitations: made } = await call(facilitator.request, "POST", `/panels/${panelId}/invitations`, {
    invitations,
  });
  const [own, ...others] = made.map(({ invitationToken }: { invitationToken: string }) => invitationToken);
  await call(reviewer.request, "POST", `/invitations/${own}/accept`, {});
  const nobody = await careless(browser, product);
  for (const [index, token] of others.slice(0, 3).entries())
    await call(nobody.request, "POST", `/invitations/${token}/accept`, {
      name: nth(payloads, 40 + 20 * index),
      password: `a long enough sentence ${index}`,
    });
  await nobody.close();
  return { panelId, facilitator, reviewer, invitation: others[3] };
}

async function visit(page: Page, path: string, harm: unknown[]): Promise<void> {
  await page.goto(path, { waitUntil: "load" });
  const found = await harmOn(page);
  if (JSON.stringify(found) !== JSON.stringify(noHarm)) harm.push({ path, found });
}

test("no text that anybody writes becomes script, markup or a link, on any page", async ({ browser, product }) => {
  const harm: unknown[] = [];
  const { panelId, facilitator, reviewer, invitation } = await setTheStage(browser, product);
  const dialogs: string[] = [];
  for (const page of [facilitator, reviewer]) page.on("dialog", (dialog) => dialogs.push(dialog.message()));
  const at = `/panels/${panelId}`;

  // The texts are there: otherwise nothing below would show anything.
  await facilitator.goto(`${at}/set-up`);
  await expect(facilitator.getByLabel("Title", { exact: true }).first()).toHaveValue(nth(payloads, 0));
  for (const path of ["/panels", at, `${at}/set-up`, `${at}/manage`]) await visit(facilitator, path, harm);
  const guest = await (await careless(browser, product)).newPage();
  await visit(guest, `/invitations/${invitation}`, harm);
  await expect(guest.getByText(nth(payloads, 0), { exact: true }).first()).toBeVisible();

  const { version } = await call(facilitator.request, "GET", at);
  const cells = [0, 1, 2].map((index) => ({ policyId: `P${index}`, criterionId: `C${index}` }));
  await call(facilitator.request, "POST", `${at}/transitions`, {
    to: "scoring",
    expectedVersion: version,
    reason: nth(payloads, 20),
    cells,
  });
  for (const [index, { policyId, criterionId }] of cells.entries()) {
    const score = index === 2 ? { nonScore: "recused" } : { value: index };
    const changeReason = { code: "other", note: part(0, 20, 1000) };
    await call(reviewer.request, "PUT", `${at}/scores/${policyId}/${criterionId}`, {
      ...score,
      rationale: all,
      changeReason,
      version: 0,
    });
  }
  for (const part of ["/score?cell=P0-C0", "/score?cell=P2-C2", "/score/check"]) await visit(reviewer, at + part, harm);
  await reviewer.goto(`${at}/score?cell=P0-C0`);
  await expect(reviewer.getByRole("textbox", { name: /Rationale/ })).toHaveValue(all);

  await call(reviewer.request, "POST", `${at}/submission`, {});
  const { version: after } = await call(facilitator.request, "GET", at);
  await call(facilitator.request, "POST", `${at}/transitions`, {
    to: "discussion",
    expectedVersion: after,
    reason: nth(payloads, 21),
  });
  for (const part of [
    "",
    "/board",
    "/board?view=numbers",
    "/board/P0/C0",
    "/board/P2/C2",
    "/consensus",
    "/report",
    "/score",
  ])
    for (const page of [reviewer, facilitator]) await visit(page, at + part, harm);
  await reviewer.goto(`${at}/board/P0/C0`);
  await expect(reviewer.getByText(nth(payloads, 0)).first()).toBeVisible();
  await visit(facilitator, `${at}/manage`, harm);

  for (const name of payloads.slice(0, 10)) await call(reviewer.request, "POST", "/tokens", { name });
  await visit(reviewer, "/profile", harm);
  for (const text of payloads.slice(0, 12)) {
    const part = encodeURIComponent(text);
    for (const path of [`/sign-in?next=${part}`, `/${part}`, `/set-up?token=${part}`]) await visit(guest, path, harm);
  }

  expect({ harm: harm.slice(0, 5), dialogs }).toEqual({ harm: [], dialogs: [] });
});

test("a refused form shows what was typed as text", async ({ browser, product }) => {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ baseURL: product.url, bypassCSP: true, javaScriptEnabled });
    const page = await context.newPage();
    await enterAs(page, reviewerName);
    await page.goto("/panels/new");
    const hostile = breakingOut();
    await page.getByLabel("Title").first().fill(hostile);
    await page.getByRole("button", { name: "Create the panel" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(page.getByLabel("Title").first()).toHaveValue(hostile);
    expect(await page.locator("[data-pwned]").count()).toBe(0);
    await context.close();
  }
});

function breakingOut(): string {
  return `"><img data-pwned src=x onerror=pwned=1>`;
}

test("even markup that got in could not run: the page's policy lets only its own scripts", async ({
  browser,
  product,
}) => {
  const page = await (await browser.newContext({ baseURL: product.url })).newPage();
  await page.goto("/sign-in");
  const stopped = await page.evaluateHandle(() => {
    const stoppedBy = new Set<string>();
    document.addEventListener("securitypolicyviolation", (event) => stoppedBy.add(event.effectiveDirective));
    const attempts = [
      "<img src=x onerror=pwned=1>",
      "<iframe src=https://evil.example></iframe>",
      "<p style='color:red'>x</p>",
      "<img src=https://evil.example/x.png>",
    ];
    for (const html of attempts) document.body.insertAdjacentHTML("beforeend", html);
    const script = document.createElement("script");
    script.textContent = "pwned=1";
    document.body.append(script);
    fetch("https://evil.example/").catch(() => {});
    return stoppedBy;
  });
  await expect
    .poll(() => stopped.evaluate((by) => [...by].sort()))
    .toEqual(["connect-src", "frame-src", "img-src", "script-src-attr", "script-src-elem", "style-src-attr"]);
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
});

test("a page of another origin on this machine can neither write nor listen with the visitor's cookie", async ({
  browser,
  product,
}) => {
  const elsewhere = createServer((_request, response) =>
    response.setHeader("Content-Type", "text/html").end("<!doctype html>"),
  );
  await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${product.url}/sign-in`);
  await page.getByRole("button", { name: reviewerName }).click();
  await page.waitForURL("**/panels");
  // Same site, other port: the browser sends the cookie along.
  await page.goto(`http://127.0.0.1:${portOf(elsewhere.address())}/`);
  const outcome = await page.evaluate(async (url) => {
    const post = (path: string, headers: Record<string, string>, body: string) =>
      fetch(url + path, { method: "POST", mode: "no-cors", credentials: "include", headers, body }).then(
        () => "an answer",
        () => "no answer",
      );
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    const sent = [
      await post("/profile", form, "name=Stolen"),
      await post("/api/v1/tokens", { "Content-Type": "text/plain" }, '{"name":"Stolen"}'),
    ];
    const readable = await fetch(`${url}/api/v1/panels`, { credentials: "include" }).then(
      () => "read",
      () => "not read",
    );
    const socket = await new Promise<string>((resolve) => {
      const attempt = new WebSocket(`${url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`);
      attempt.onopen = () => resolve("open");
      attempt.onerror = () => resolve("refused");
    });
    return { sent, readable, socket };
  }, product.url);
  expect(outcome).toEqual({ sent: ["no answer", "no answer"], readable: "not read", socket: "refused" });

  await page.setContent(
    `<form method="post" action="${product.url}/profile"><input name="name" value="Stolen"></form>`,
  );
  await page.evaluate(() => document.forms[0]?.submit());
  await expect(page.getByText("This request comes from another site's page")).toBeVisible();
  await page.goto(`${product.url}/profile`);
  await expect(page.getByRole("heading", { name: "Personal tokens" })).toBeVisible();
  await expect(page.getByText("Stolen")).toHaveCount(0);
  elsewhere.close();
});

function portOf(address: AddressInfo | string | null): number {
  return address !== null && typeof address === "object" ? address.port : 0;
}
