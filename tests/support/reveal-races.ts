import { setTimeout as pause } from "node:timers/promises";
import { rebuildConsensus } from "#server/aggregation/rebuild.ts";
import { aCrowd } from "./crowd.ts";
import { done, give, move, type TestPanel, twoCells } from "./panels.ts";
import type { Answer, Person } from "./people.ts";
import type { TestServer } from "./server.ts";

export interface RaceReport {
  /** Submissions and saves sent around all reveals. */
  readonly requests: number;
  /** Submissions that were acknowledged. */
  readonly acknowledged: number;
  /** What may not be: an answer that is neither yes nor "too late", a reveal that lacks or exceeds what was acknowledged. */
  readonly wrong: readonly string[];
  readonly slowestRevealMs: number;
}

const reviewers = 50;
const submitting = 40;
const [firstCell = { policyId: "P1", criterionId: "I1" }] = twoCells;

/**
 * One panel, round after round: forty reviewers submit and ten save at moments of their own while the facilitator reveals.
 * Whatever was acknowledged must be in the reveal, and nothing may come after it.
 */
export async function raceReveals(server: TestServer, rounds: number): Promise<RaceReport> {
  const protocol = { preset: "staff-team", maxRounds: rounds, rescore: "all-cells" };
  const panel = await aCrowd(server, { reviewers, protocol });
  const outcomes: Outcome[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    await Promise.all(
      panel.reviewers.flatMap((who) => twoCells.map((cell) => give(panel, who, { ...cell, value: 1 }))),
    );
    outcomes.push(await raceOnce(panel, round));
    await move(panel, "closed");
    if (round < rounds) await move(panel, "next-round", { cells: twoCells });
  }
  const { differences } = await rebuildConsensus(server.app, panel.panelId);
  return {
    requests: rounds * reviewers,
    acknowledged: outcomes.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    wrong: [...outcomes.flatMap(({ wrong }) => wrong), ...differences.map((one) => JSON.stringify(one))],
    slowestRevealMs: Math.max(...outcomes.map(({ revealMs }) => revealMs)),
  };
}

interface Outcome {
  readonly acknowledged: number;
  readonly wrong: readonly string[];
  readonly revealMs: number;
}

async function raceOnce(panel: TestPanel, round: number): Promise<Outcome> {
  const path = `/panels/${panel.panelId}`;
  const look = async (what: string) => done(await panel.facilitator.call("GET", `${path}${what}`), 200);
  const { version: expectedVersion } = await look("/version");
  const soon = () => pause(Math.random() * 60);
  const submissions = panel.reviewers.slice(0, submitting).map((who) => soon().then(() => submitAs(panel, who)));
  const saves = panel.reviewers.slice(submitting).map((who) => soon().then(() => saveAs(panel, who, round)));
  await soon();
  const began = performance.now();
  done(await panel.facilitator.call("POST", `${path}/transitions`, { to: "discussion", expectedVersion }), 200);
  const revealMs = performance.now() - began;

  const submitted = await Promise.all(submissions);
  const answers = [...submitted, ...(await Promise.all(saves))];
  const acknowledged = submitted.filter(({ status }) => status === 200).length;
  const board = await look("/board");
  const counts = [board.progress.submitted, ...board.cells.map(({ n }: { n: number }) => n)];
  const late = panel.reviewers.filter((_, index) => submitted[index]?.status !== 200).slice(0, 3);
  const afterwards = await Promise.all(late.flatMap((who) => [submitAs(panel, who), saveAs(panel, who, round)]));
  return {
    acknowledged,
    revealMs,
    wrong: [
      ...answers.filter(({ status }) => status !== 200 && status !== 403).map(inWords),
      ...counts.filter((n) => n !== acknowledged).map((n) => `round ${round} shows ${n} of ${acknowledged}`),
      ...afterwards.filter(({ status }) => status !== 403).map((answer) => `after the reveal: ${inWords(answer)}`),
    ],
  };
}

function submitAs(panel: TestPanel, who: Person): Promise<Answer> {
  return who.call("POST", `/panels/${panel.panelId}/submission`, {});
}

function saveAs(panel: TestPanel, who: Person, round: number): Promise<Answer> {
  const path = `/panels/${panel.panelId}/scores/${firstCell.policyId}/${firstCell.criterionId}`;
  return who.call("PUT", path, { value: 2, rationale: `Round ${round}.`, version: 1 });
}

function inWords({ status, text }: Answer): string {
  return `${status} ${text.slice(0, 200)}`;
}
