import type { Answer } from "#tests/support/people.ts";
import type { Place } from "./looks.ts";
import { levels, type Panel, type Who } from "./panel.ts";
import { personIn, type Stage } from "./stage.ts";

/** What somebody really sees at a place, put in the words of `looks.ts`. */
export async function observe(
  stage: Stage,
  panel: Panel,
  { who, place }: { who: Who; place: Place },
): Promise<unknown> {
  const answer = await personIn(stage.troupe, who).call("GET", `/panels/${stage.panelId}${addressOf(place)}`);
  if (answer.status !== 200) return { status: answer.status };
  const words = wordsOf(stage, panel);
  switch (place) {
    case "version":
      return { version: answer.body.version };
    case "panel":
      return words.panel(answer.body);
    case "board":
      return words.board(answer.body);
    case "consensus":
      return words.consensus(answer.body);
    case "roster":
      return words.roster(answer.body);
    case "sheet":
      return sheetIn(answer.body);
    case "points":
      return { row: answer.body.points, version: answer.body.version };
    case "log":
      return linesIn(answer.body);
    default:
      return words.answers(answer.body);
  }
}

function addressOf(place: Place): string {
  switch (place) {
    case "panel":
      return "";
    case "sheet":
      return "/scores";
    case "log":
      return "/audit";
    case "version":
    case "board":
    case "consensus":
    case "roster":
    case "points":
      return `/${place}`;
    default:
      return `/cells/${place}`;
  }
}

type Body = Answer["body"];

/** Answers tell people by their ids or names, the model by who they are. */
function wordsOf(stage: Stage, { terms }: Panel) {
  const byId = new Map([...stage.memberIds].map(([who, memberId]) => [memberId, who]));
  const whoIs = (memberId: string) => byId.get(memberId) ?? memberId;
  const figures = (one: Body) => ({
    cell: cellIn(one),
    eligible: one.eligible,
    n: one.n,
    nonScores: one.nonScores,
    counts: one.counts === null ? null : levels.map((_level, index) => one.counts[index]),
    verdict: terms.share === null && one.verdict !== "too-few" ? "enough" : one.verdict,
  });
  return {
    panel: (body: Body) => ({
      ...whereIn(body),
      title: body.title,
      role: body.role,
      scores: body.scores,
      scope: body.scope.map(cellIn).sort(),
      progress: body.progress,
      members: Object.fromEntries(body.members.map((one: Body) => [whoIs(one.memberId), one.role])),
      seesAddresses: body.members.some((one: Body) => one.email !== undefined),
      seesCodes: body.members.some((one: Body) => one.code !== undefined),
    }),
    board: (body: Body) => ({
      ...whereIn(body),
      progress: body.progress,
      cells: body.visible ? sorted(body.cells.map(figures)) : null,
    }),
    consensus: (body: Body) =>
      body.visible
        ? {
            cells: sorted(body.cells.map((one: Body) => ({ ...figures(one), settledIn: one.settledInRound }))),
            isWhole: body.agreement !== null,
          }
        : { cells: null },
    roster: (body: Body) =>
      Object.fromEntries(
        body.entries.map(({ memberId, state, complete }: Body) => [whoIs(memberId), { state, complete }]),
      ),
    answers: (body: Body) =>
      body.visible
        ? {
            isOpen: true,
            round: body.round,
            figures: figures(body.cell),
            answers: body.entries.map((one: Body) => JSON.stringify(answerIn(one, terms.identity))).sort(),
          }
        : { isOpen: false },
  };
}

function whereIn({ version, round, phase }: Body) {
  return { version, round: round ?? 0, phase };
}

function cellIn({ policyId, criterionId }: Body): string {
  return `${policyId}/${criterionId}`;
}

/** By cell; in which order lists come is told elsewhere. */
function sorted<One extends { cell: string }>(list: One[]): One[] {
  return list.sort((left, right) => (left.cell < right.cell ? -1 : 1));
}

/** A named panel labels by name; a pseudonymous one by code, with the name beside it for facilitators. */
function answerIn({ label, name, value, nonScore, rationale, afterSight }: Body, identity: string) {
  return { who: identity === "named" ? label : name, value, nonScore, rationale, isAfterSight: afterSight };
}

function sheetIn({ round, submitted, scores }: Body) {
  const own = scores.map((one: Body) => {
    const { value, nonScore, rationale, version } = one;
    return { cell: cellIn(one), value, nonScore, rationale, version };
  });
  return { round: round ?? 0, submitted, scores: sorted(own) };
}

function linesIn({ entries }: Body) {
  const lines = new Map<string, number>();
  for (const { line } of entries) {
    const { act } = JSON.parse(line);
    lines.set(act, (lines.get(act) ?? 0) + 1);
  }
  return Object.fromEntries([...lines].sort());
}
