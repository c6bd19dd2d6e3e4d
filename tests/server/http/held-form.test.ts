import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtPages } from "#tests/support/built-pages.ts";
import { aDoorTo, type Door } from "#tests/support/door.ts";
import { person } from "#tests/support/people.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/postgres.ts";
import { type RawAnswer, type RawRequest, rawRequest } from "#tests/support/raw-http.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

let database: FreshDatabase;
let door: Door;
let server: TestServer;
beforeAll(async () => {
  database = await freshDatabase();
  door = await aDoorTo(database.url);
  server = await startServer({ databaseUrl: door.url, build: builtPages });
});
afterAll(async () => {
  await door.open();
  await server.stop();
  await door.shut();
  await database.drop();
});

/** Somebody signed in asks for this while the database is away, and waits until it is back. */
async function askDuringOutage(request: RawRequest): Promise<RawAnswer> {
  const { cookie } = await person(server, "Wendy Writer");
  await door.shut();
  const answer = await rawRequest(server.url, { ...request, headers: { cookie, ...request.headers } });
  await door.open();
  await expect.poll(() => fetch(`${server.url}/readyz`).then(({ status }) => status), { timeout: 8_000 }).toBe(200);
  return answer;
}

test.each(["/panels", "/panels.data", "/sign-in", "/profile"])(
  "%s says that the database is away, and sends nobody to sign in",
  { timeout: 30_000 },
  async (path) => {
    const { status, headers, text } = await askDuringOutage({ path });
    expect({ status, again: headers["retry-after"], to: headers.location }).toEqual({ status: 503, again: "2" });
    expect(text).toContain("The database does not answer at the moment");
  },
);

describe("a form sent while the database is away", { timeout: 30_000 }, () => {
  const typed = 'A "long" question & <b>its</b> reasons';
  const fields = {
    title: "A title that was typed",
    question: typed,
    password: "NEVER-SHOWN",
    _key: "once",
    _intent: "make",
  };

  function send(path: string) {
    const headers = { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" };
    return askDuringOutage({ method: "POST", path, headers, body: new URLSearchParams(fields).toString() });
  }

  test("comes back in words, with all that was typed and a button to send it again", async () => {
    const { status, headers, text } = await send("/panels/new");
    expect({ status, again: headers["retry-after"] }).toEqual({ status: 503, again: "2" });
    expect(text).toContain("The database does not answer at the moment");
    expect(text).toContain('<form method="post" action="/panels/new">');
    expect(text).toContain('value="A title that was typed"');
    expect(text).toContain('value="A &quot;long&quot; question &amp; &lt;b&gt;its&lt;/b&gt; reasons"');
    expect(text).toContain('name="_key" value="once"');
    expect(text).not.toContain("NEVER-SHOWN");
  });

  test("comes back to the page that sent it by script, as a refusal beside what was typed", async () => {
    const { status, headers, text } = await send("/panels/new.data");
    expect({ status, again: headers["retry-after"] }).toEqual({ status: 503, again: "2" });
    expect(text).toContain("The database does not answer at the moment");
    expect(text).toContain("A title that was typed");
    expect(text).not.toContain("NEVER-SHOWN");
  });
});
