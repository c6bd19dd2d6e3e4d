import fc from "fast-check";
import { ensureSetupToken } from "#server/commands/ensure-setup-token.ts";
import { aPanel, done, type TestPanel } from "#tests/support/panels.ts";
import { type Person, person } from "#tests/support/people.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";
import type { Hints } from "./from-schema.ts";
import { hostileText, percentEncoded } from "./hostile.ts";

export const roles = ["facilitator", "reviewer", "observer", "outsider", "administrator", "nobody"] as const;
export type Role = (typeof roles)[number];

/** Where the fuzzer plays: a database with people and panels in it, and names for what is there. */
export interface Ground {
  readonly databaseUrl: string;
  /** A session of this person's; a new one where the old may be ended. Empty for nobody. */
  sessionOf(role: Role, isNew: boolean): Promise<string>;
  readonly cookieName: string;
  readonly hints: Hints;
  /** An address of this pattern, its parts mostly such as exist. */
  addressOf(pattern: string): fc.Arbitrary<string>;
  stop(): Promise<void>;
}

const password = "a long enough sentence";

export async function prepareGround(databaseUrl: string): Promise<Ground> {
  const setupToken = "the-token-of-the-fuzzer";
  const server = await startServer({ databaseUrl, config: { setupToken } });
  await ensureSetupToken(server.app);
  const panel = await aPanel(server, { reviewers: 4, observers: 1 });
  const draft = await aPanel(server, { reviewers: 1, cells: false });
  const people = await peopleOf(server, panel);
  const invitations = await invite(panel);
  const hints = hintsOf({ panel, draft, invitations, setupToken, people });
  return {
    databaseUrl,
    cookieName: server.app.accounts.cookieName,
    hints,
    async sessionOf(role, isNew) {
      const who = people[role];
      if (!who) return "";
      return isNew ? (await server.app.accounts.openSession(who.userId)).sessionId : who.token;
    },
    addressOf: (pattern) => addresses(pattern, hints),
    stop: server.stop,
  };
}

type People = Readonly<Record<Role, Person | null>>;

async function peopleOf(server: TestServer, panel: TestPanel): Promise<People> {
  return {
    facilitator: panel.facilitator,
    reviewer: panel.reviewers[0] ?? null,
    observer: panel.observers[0] ?? null,
    outsider: await person(server, "Olaf Outsider"),
    administrator: await person(server, "Ada Administrator", { isAdministrator: true }),
    nobody: null,
  };
}

async function invite(panel: TestPanel): Promise<string[]> {
  const invitations = ["one", "two", "three"].map((name) => ({ email: `${name}@example.org`, role: "reviewer" }));
  const answer = await panel.facilitator.call("POST", `/panels/${panel.panelId}/invitations`, { invitations });
  const made: { invitationToken: string }[] = done(answer, 201).invitations;
  return made.map(({ invitationToken }) => invitationToken);
}

interface Known {
  readonly panel: TestPanel;
  readonly draft: TestPanel;
  readonly invitations: readonly string[];
  readonly setupToken: string;
  readonly people: People;
}

function hintsOf({ panel, draft, invitations, setupToken, people }: Known): Hints {
  const members = panel.reviewers.slice(1).map(({ memberId }) => memberId);
  const policies = fc.constantFrom("P1", "P1", "P1", "P1", "P8", "P99");
  return {
    // The draft panel is the one whose way goes on, so that the other stays in its round.
    panelId: fc.constantFrom(panel.panelId, panel.panelId, draft.panelId),
    memberId: fc.constantFrom(...members),
    userId: fc.constantFrom(...Object.values(people).flatMap((who) => (who ? [who.userId] : []))),
    expectedVersion: fc.integer({ min: 0, max: 9 }),
    version: fc.integer({ min: 0, max: 3 }),
    template: fc.constantFrom("wilson-hine", "no-such"),
    policyId: policies,
    criterionId: fc.constantFrom("I1", "I1", "I2", "I2", "G1", "Z9"),
    perspective: fc.constantFrom("impact", "public"),
    setupToken: fc.constantFrom(setupToken, "another-token-of-no-use"),
    invitationToken: fc.constantFrom(...invitations),
    email: fc.constantFrom("one@example.org", "someone@example.org", "ADA@example.org "),
    password: fc.constantFrom(password, "short"),
    id: fc.constantFrom("A", "B", "P1", "I1"),
    value: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant("2")),
    min: fc.constantFrom(-2, 1),
    max: fc.constantFrom(2, 9),
    step: fc.constantFrom(1, 2),
    level: fc.constantFrom(-2, 1, 2),
  };
}

function addresses(pattern: string, hints: Hints): fc.Arbitrary<string> {
  const parts = pattern.split("/").map((part) => {
    if (!part.startsWith(":")) return fc.constant(part);
    const known = hints[part === ":token" ? "invitationToken" : part.slice(1)];
    const odd = hostileText.map(percentEncoded);
    return known ? fc.oneof({ arbitrary: known.map(String), weight: 9 }, { arbitrary: odd, weight: 1 }) : odd;
  });
  return fc.tuple(...parts).map((made) => made.join("/"));
}
