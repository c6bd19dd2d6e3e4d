import type { Member } from "#rubric/member.ts";
import { cellKey } from "#rubric/rubric.ts";
import type { DemoEntry, DemoPanel } from "#rubric/templates/demo-panel.ts";
import type { Application } from "#server/application.ts";
import { recordScore } from "#server/commands/record-score.ts";
import { recuseFromPolicy } from "#server/commands/recuse-from-policy.ts";
import { savePoints } from "#server/commands/save-points.ts";
import { submitRound } from "#server/commands/submit-round.ts";

/** Who does what in a round before the story stops. */
export interface RoundScript {
  readonly round: number;
  readonly submitted: readonly string[];
  /** The first `cells` entries of these members, as private drafts. */
  readonly drafting: readonly { readonly member: string; readonly cells: number }[];
}

/** Scores a round as the file tells it, every reviewer at once and each in their own order. */
export async function scoreRound(
  app: Application,
  members: ReadonlyMap<string, Member>,
  story: { demo: DemoPanel; script: RoundScript },
): Promise<void> {
  const { demo, script } = story;
  const work = [
    ...script.submitted.map((id) => ({ id, cells: Number.POSITIVE_INFINITY })),
    ...script.drafting.map(({ member, cells }) => ({ id: member, cells })),
  ];
  await Promise.all(
    work.map(async ({ id, cells }) => {
      const member = members.get(id);
      if (!member) throw new Error(`the demonstration has no member ${id}`);
      await draft(app, member, entriesOf({ demo, id, round: script.round }).slice(0, cells));
      if (script.round === 1) await recuse(app, member, { demo, id });
      if (!script.submitted.includes(id)) return;
      await weigh(app, member, { demo, id });
      await submitRound(app, member);
    }),
  );
}

function entriesOf({ demo, id, round }: { demo: DemoPanel; id: string; round: number }): DemoEntry[] {
  const before = new Map(ofMember(demo, { id, round: round - 1 }).map((entry) => [cellKey(entry), entry]));
  return ofMember(demo, { id, round }).map((entry) =>
    entry.kept ? { ...entry, rationale: before.get(cellKey(entry))?.rationale } : entry,
  );
}

function ofMember(demo: DemoPanel, { id, round }: { id: string; round: number }): DemoEntry[] {
  const scores = demo.rounds.find((one) => one.round === round)?.scores ?? [];
  return scores.filter(({ member }) => member === id);
}

async function draft(app: Application, member: Member, entries: readonly DemoEntry[]): Promise<void> {
  for (const { policyId, criterionId, value, nonScore, rationale, changeReason } of entries) {
    // Recusals are declared for a whole policy, and carry into later rounds.
    if (nonScore === "recused") continue;
    const input = {
      value,
      nonScore,
      rationale: rationale ?? "",
      version: 0,
      ...(changeReason ? { changeReason: { code: changeReason } } : {}),
    };
    await recordScore(app, member, { policyId, criterionId, input });
  }
}

async function recuse(app: Application, member: Member, { demo, id }: { demo: DemoPanel; id: string }): Promise<void> {
  for (const { policyId, reason } of demo.recusals.filter((one) => one.member === id)) {
    await recuseFromPolicy(app, member, { policyId, reason });
  }
}

async function weigh(app: Application, member: Member, { demo, id }: { demo: DemoPanel; id: string }): Promise<void> {
  const given = demo.weights.find((one) => one.member === id);
  if (given) await savePoints(app, member, { points: given.points, version: 0 });
}
