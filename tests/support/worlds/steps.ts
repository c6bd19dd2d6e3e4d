import type { Step as MoveTo } from "#rubric/round.ts";
import type { CellId } from "#rubric/rubric.ts";
import { type Act, type Answer, authorsOf, type Part, type Plan, type RoundPlan } from "./plan.ts";
import { phasesAfter } from "./sights.ts";

/** One thing that all members may know of, after what was saved before it in private. */
export interface Step {
  readonly saves: readonly Save[];
  readonly act: Act | Move | { readonly does: "nothing" };
}

interface Move {
  readonly does: "move";
  readonly to: MoveTo;
  readonly cells?: readonly CellId[];
}

export interface Save {
  readonly who: Part;
  readonly cell: CellId;
  readonly answer: Answer;
  /** How long before the act. */
  readonly minutes: number;
}

/** A story as the list of what happens. */
export function stepsOf(plan: Plan): Step[] {
  return plan.rounds.flatMap((told, index) => {
    const round = index + 1;
    const opening: Move = { does: "move", to: round === 1 ? "scoring" : "next-round", cells: told.cells };
    const moves = phasesAfter(plan, round).map((to): Move => ({ does: "move", to }));
    return [
      { saves: [], act: opening },
      ...told.acts.map((act, place) => ({ saves: [...draftsBefore(told, place), ...sheetFor(told, place)], act })),
      ...(moves.length === 0
        ? [{ saves: draftsBefore(told, told.acts.length), act: { does: "nothing" } as const }]
        : []),
      ...moves.map((act, place) => ({ saves: place === 0 ? draftsBefore(told, told.acts.length) : [], act })),
    ];
  });
}

function draftsBefore({ conduct }: RoundPlan, place: number): Save[] {
  const drafts = Object.entries(conduct).flatMap(([who, { drafts }]) =>
    drafts
      .filter(({ before }) => before === place)
      .map(({ cell, answer, minutes }) => ({ who, cell, answer, minutes })),
  );
  return drafts.sort((left, right) => right.minutes - left.minutes);
}

/** What a submission submits is saved in the minute before it. */
function sheetFor({ acts, cells, conduct }: RoundPlan, place: number): Save[] {
  const act = acts[place];
  if (act?.does !== "submit") return [];
  const times = acts.slice(0, place).filter(({ does, who }) => does === "submit" && who === act.who).length;
  const sheet = conduct[act.who]?.sheets[times] ?? [];
  return cells.flatMap((cell, index) => {
    const answer = sheet[index];
    return answer ? [{ who: act.who, cell, answer, minutes: 1 }] : [];
  });
}

/** The authors whose doings differ between two stories. */
export function authorsBetween(plan: Plan, other: Plan): Part[] {
  return authorsOf(plan).filter((part) => part !== plan.viewer && doingsOf(plan, part) !== doingsOf(other, part));
}

function doingsOf({ names, rounds }: Plan, part: Part): string {
  const doings = rounds.map(({ acts, conduct }) => [acts.map(({ who }) => who === part), conduct[part]]);
  return JSON.stringify([names[part], doings]);
}
