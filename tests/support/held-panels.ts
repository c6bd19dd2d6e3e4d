import type { CellId } from "#rubric/rubric.ts";
import { aPanel, done, give, move, type TestPanel } from "./panels.ts";
import type { Person } from "./people.ts";
import type { TestServer } from "./server.ts";

// biome-ignore lint/suspicious/noExplicitAny: the tests change files in every way, sound or not
export type Json = any;

export const heldCells: readonly CellId[] = [
  { policyId: "P1", criterionId: "I1" },
  { policyId: "P2", criterionId: "G1" },
];

export const modes = [
  { mode: "named", protocol: "staff-team", values: [-1, 0, 2] },
  { mode: "pseudonymous", protocol: { preset: "rand-ucla", minScores: 3 }, values: [2, 5, 9] },
  { mode: "anonymous", protocol: "delphi", values: [2, 5, 9, 9, 8] },
] as const;

/** A panel whose reviewers have all submitted round 1, with what each of them was given. */
export interface HeldPanel extends TestPanel {
  readonly receipts: Json[];
}

/**
 * Everyone scores the first cell; on the second the first reviewer abstains, so that it stays below the minimum in
 * pseudonymous and anonymous panels of these sizes.
 */
export async function aHeldPanel(server: TestServer, { protocol, values }: (typeof modes)[number]): Promise<HeldPanel> {
  const panel = await aPanel(server, { protocol, reviewers: values.length, observers: 1, cells: heldCells });
  const receipts: Json[] = [];
  for (const [index, reviewer] of panel.reviewers.entries()) {
    const [first, second] = heldCells as [CellId, CellId];
    const value = values[index] ?? 0;
    await give(panel, reviewer, { ...first, value, rationale: `Since ${index}.` });
    const other = index === 0 ? { nonScore: "abstain", rationale: "Not mine to say." } : { value };
    await give(panel, reviewer, { ...second, ...other });
    receipts.push(done(await reviewer.call("POST", `/panels/${panel.panelId}/submission`, {}), 200).receipt);
  }
  return { ...panel, receipts };
}

/** Steps until the panel stands in this phase of round 1. */
export async function moveTo(panel: TestPanel, phase: "discussion" | "closed"): Promise<void> {
  await move(panel, "discussion");
  if (phase === "closed") await move(panel, "closed");
}

export async function bundleFor(panel: TestPanel, person: Person): Promise<Json> {
  return done(await person.call("GET", `/panels/${panel.panelId}/export?format=json`), 200);
}
