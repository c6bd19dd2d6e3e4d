import { afterAll, beforeAll, expect, test } from "vitest";
import { joinAs, move } from "#tests/support/panels.ts";
import { payloads } from "#tests/support/payloads.ts";
import { callApi, type Person, person, personWith } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

const formulas = [
  ...["=1+1", "+1", "-1", "@SUM(1)", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x"],
  ...["=1+1", "@x"].map((text) => `"${text}`),
  "plain, with a comma",
  'with "quotes"',
];
/** Only texts of more than one line may begin so. */
const lines = ["\t=1", "\n=1", "\r\n=1", "=1\n=2", "a\r\nb", "\n"];
const texts = [...formulas, ...lines, ...payloads].map((text) => text.replaceAll("\r\n", "\n"));

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

/** RFC 4180, read character by character, so that the writer is not its own judge. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[""]];
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const [sign = "", next = ""] = text.slice(at, at + 2);
    const row = rows.at(-1)!;
    if (isQuoted && sign === '"' && next === '"') {
      row[row.length - 1] += '"';
      at += 1;
    } else if (sign === '"') isQuoted = !isQuoted;
    else if (!isQuoted && sign === ",") row.push("");
    else if (!isQuoted && sign === "\r" && next === "\n") {
      rows.push([""]);
      at += 1;
    } else row[row.length - 1] += sign;
  }
  expect(isQuoted).toBe(false);
  return rows.slice(0, -1);
}

/** A panel whose every text begins like a formula: one policy for each text, and a reviewer of such a name. */
async function formulaPanel(): Promise<{ panelId: string; facilitator: Person }> {
  const facilitator = await person(server, "=Fay");
  const policies = texts.map((text, index) => ({ id: `P${index + 1}`, title: text.trim() || "-", description: text }));
  const created = await facilitator.call("POST", "/panels", {
    title: "=A panel",
    question: "+Which?",
    rubric: {
      title: "@Ours",
      perspectives: [{ id: "V", title: "-All of us" }],
      criteria: [{ id: "C", name: "=Cost", perspective: "V" }],
      scale: { min: -2, max: 2 },
    },
    policies: policies.map((policy) => ({ ...policy, title: policy.title.replaceAll(/\s+/g, " ") })),
    protocol: { preset: "staff-team", rationale: "optional" },
  });
  expect(created.status).toBe(201);
  return { panelId: created.body.panelId, facilitator };
}

async function exported(who: Person, panelId: string, format: string) {
  return who.call("GET", `/panels/${panelId}/export?format=${format}`);
}

test("no text becomes a formula in a spreadsheet, and each can be read back", async () => {
  const panel = await formulaPanel();
  const { panelId, facilitator } = panel;
  const invitations = [{ email: "minus@example.org", role: "reviewer", group: "=Staff" }];
  const invited = await facilitator.call("POST", `/panels/${panelId}/invitations`, { invitations });
  const body = { name: "-Minus", password: "a long enough sentence" };
  const path = `/invitations/${invited.body.invitations[0].invitationToken}/accept`;
  const accepted = await callApi(server, { method: "POST", path, body });
  const reviewer = personWith(server, { ...accepted.body, name: "-Minus", email: "minus@example.org" });
  await joinAs(server, panel, { known: await person(server, "Pat Plus"), role: "reviewer" });
  await move(panel, "scoring", { cells: texts.map((_, index) => ({ policyId: `P${index + 1}`, criterionId: "C" })) });
  for (const [index, rationale] of texts.entries()) {
    const given = await reviewer.call("PUT", `/panels/${panelId}/scores/P${index + 1}/C`, {
      value: (index % 5) - 2,
      rationale,
      version: 0,
    });
    expect(given.status).toBe(200);
  }
  expect((await reviewer.call("POST", `/panels/${panelId}/submission`, {})).status).toBe(200);
  await move(panel, "discussion");

  const csv = await exported(facilitator, panelId, "csv");
  const [header = [], ...rows] = readCsv(csv.text);
  const mine = rows.filter((row) => row[header.indexOf("reviewer")] === "'-Minus");
  const column = (name: string) => mine.map((row) => row[header.indexOf(name)]);

  const isInteger = ["rubric_version", "round", "value", "changed_from"].map((name) => header.indexOf(name));
  const risky = rows.flatMap((row) =>
    row.filter((cell, at) => !isInteger.includes(at) && /^[=+\-@\t\r\n＝＋－＠]/.test(cell)),
  );
  expect(risky).toEqual([]);
  expect(column("value")).toEqual(texts.map((_, index) => String((index % 5) - 2)));
  const readBack = column("rationale").map((cell = "") => cell.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ""));
  expect(readBack).toEqual(texts);
  for (const [name, text] of [
    ["criterion", "'=Cost"],
    ["perspective", "'-All of us"],
    ["group", "'=Staff"],
  ] as const) {
    expect(new Set(column(name))).toEqual(new Set([text]));
  }
});

test("a file is always to be saved, never shown, and its name is only a name", async () => {
  const owner = await person(server, "Nora Namer");
  for (const title of [
    'a";b="c',
    "../../etc/passwd",
    "x\u00e9\u00fc\u5b57",
    "=1+1",
    "<script>",
    "CON",
    "a/b\\c:d*e?f",
    ". . .",
  ]) {
    const made = await owner.call("POST", "/panels", { title, question: "Q", template: "wilson-hine" });
    for (const format of ["csv", "json"]) {
      const { headers, status } = await exported(owner, made.body.panelId, format);
      expect(status).toBe(200);
      expect(headers.get("content-disposition")).toMatch(
        /^attachment; filename="[A-Za-z0-9._ -]+\.(csv|json)"; filename\*=UTF-8''[A-Za-z0-9._~!%-]+$/,
      );
      expect(headers.get("content-disposition")).not.toMatch(/filename\*=UTF-8''(%2E|\.)*%2F|%5C/);
      expect(headers.get("content-type")).toMatch(/^(text\/csv|application\/json);/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  }
});
