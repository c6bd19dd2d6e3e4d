import { savingTime } from "./draw-plan.ts";
import { type Act, type Answer, type Conduct, countedSheet, type Part, type Plan, type RoundPlan } from "./plan.ts";

/** The same story with one round told otherwise. */
function overRound(plan: Plan, round: number, change: (told: RoundPlan) => RoundPlan): Plan {
  return { ...plan, rounds: plan.rounds.map((told, index) => (index === round - 1 ? change(told) : told)) };
}

/** Changes what the authors do in a round; the viewer does the same in both worlds. */
export function overOthers(
  plan: Plan,
  round: number,
  change: (conduct: Conduct, at: { part: Part; told: RoundPlan }) => Conduct,
): Plan {
  return overRound(plan, round, (told) => ({
    ...told,
    conduct: Object.fromEntries(
      Object.entries(told.conduct).map(([part, conduct]) => [
        part,
        part === plan.viewer ? conduct : change(conduct, { part, told }),
      ]),
    ),
  }));
}

/** Changes each answer that others submit. */
export function overAnswers(plan: Plan, round: number, change: (answer: Answer, cell: number) => Answer): Plan {
  return overOthers(plan, round, (conduct) => ({
    ...conduct,
    sheets: conduct.sheets.map((sheet) => sheet.map(change)),
  }));
}

/** For each cell of a round, whether fewer scores than the minimum count in the end. */
export function smallCells(plan: Plan, round: number): boolean[] {
  const told = plan.rounds[round - 1];
  if (!told) return [];
  const sheets = Object.keys(told.conduct).flatMap((part) => countedSheet(told, part) ?? []);
  return told.cells.map((_cell, cell) => {
    const scores = Object.keys(told.conduct).filter((part) => {
      const value = countedSheet(told, part)?.[cell]?.value;
      return value !== undefined && value !== null;
    });
    return sheets.length > 0 && scores.length < plan.protocol.minScores;
  });
}

/** For each cell of a round, whether the viewer has submitted a recusal from it, and was never asked again. */
export function ownRecusals(plan: Plan, round: number): boolean[] {
  const told = plan.rounds[round - 1];
  if (!told) return [];
  const isReopened = told.acts.some(({ does, who }) => does === "reopen" && who === plan.viewer);
  const sheet = isReopened ? null : countedSheet(told, plan.viewer);
  return told.cells.map((_cell, cell) => sheet?.[cell]?.nonScore === "recused");
}

/** Puts other authors at the places where authors submit, as far as each has nothing to do but submit. */
export function reordered(plan: Plan, round: number, shuffle: (parts: Part[]) => Part[]): Plan {
  return overRound(plan, round, (told) => {
    const free = told.acts.filter((act) => act.who !== plan.viewer && isOnlyAct(told.acts, act)).map(({ who }) => who);
    const next = shuffle(free);
    const acts = told.acts.map((act) => (free.includes(act.who) ? { ...act, who: next.shift() ?? act.who } : act));
    return { ...told, acts, conduct: withinTime(acts, told.conduct) };
  });
}

function isOnlyAct(acts: readonly Act[], act: Act): boolean {
  return act.does === "submit" && acts.filter(({ who }) => who === act.who).length === 1;
}

/** Drafts are saved before their author submits. Keys keep their order: plans are compared as texts. */
function withinTime(acts: readonly Act[], conduct: RoundPlan["conduct"]): RoundPlan["conduct"] {
  return Object.fromEntries(
    Object.entries(conduct).map(([part, { drafts, sheets }]) => {
      const [first, last] = savingTime(acts, part);
      const kept = drafts.map((draft) => ({ ...draft, before: Math.min(Math.max(draft.before, first), last) }));
      return [part, { drafts: kept, sheets }];
    }),
  );
}

/**
 * Gives other people the parts of reviewers. Who joins late is known to all, so that person stays the same; the part need
 * not, where its other holder has done nothing yet by then.
 */
export function recast(plan: Plan, shuffle: (parts: Part[]) => Part[]): Plan {
  const [first] = plan.rounds;
  if (!first) return plan;
  const joining = first.acts.findIndex(({ does }) => does === "join");
  const late = first.acts[joining]?.who;
  const isFree = (part: Part) =>
    part !== plan.viewer &&
    plan.parts[part]?.role === "reviewer" &&
    !first.acts.some((act) => act.does === "remove" && act.who === part);
  const free = Object.keys(plan.parts).filter(isFree);
  const next = shuffle(free);
  const heirOf = new Map(free.map((part, index) => [part, next[index] ?? part]));
  const lateHeir = late === undefined ? undefined : (heirOf.get(late) ?? late);
  const canJoinLate = (part: Part) =>
    first.acts.findIndex(({ who }) => who === part) > joining || !first.acts.some(({ who }) => who === part);
  if (lateHeir !== undefined && lateHeir !== late && !canJoinLate(lateHeir)) return plan;
  const names = {
    ...plan.names,
    ...Object.fromEntries([...heirOf].map(([from, to]) => [to, plan.names[from] ?? from])),
  };
  return lateHeir === undefined ? { ...plan, names } : { ...withLatecomer(plan, lateHeir), names };
}

function withLatecomer(plan: Plan, late: Part): Plan {
  const parts = Object.fromEntries(
    Object.entries(plan.parts).map(([part, seat]) => [part, { ...seat, isLate: part === late }]),
  );
  return overRound({ ...plan, parts }, 1, (told) => {
    const acts = told.acts.map((act) => (act.does === "join" ? { ...act, who: late } : act));
    return { ...told, acts, conduct: withinTime(acts, told.conduct) };
  });
}
