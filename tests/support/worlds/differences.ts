import type { Access } from "#rubric/visibility.ts";
import { overAnswers, overOthers, ownRecusals, recast, reordered, smallCells } from "./change-plan.ts";
import { type Draw, drawFrom } from "./draw.ts";
import { drawAnswer, drawText, levelsIn, savingTime } from "./draw-plan.ts";
import type { Answer, Plan } from "./plan.ts";
import { type Glance, glancesOf } from "./sights.ts";

/**
 * One way in which a second world can differ from the first. The table in `rubric/visibility.ts` decides who may see what
 * and when; here stands only which of its facts a difference is part of.
 */
interface Difference {
  /** Whether this glance at the round, or for a difference of the whole story at any round, shows it. */
  isShownBy(glance: Glance, plan: Plan): boolean;
  readonly isOfWholeStory?: true;
  apply(plan: Plan, draw: Draw, round: number): Plan;
}

const isSeen = (access: Access) => access !== "-";
const isNamed = (access: Access) => access === "name" || access === "name and code";
const isFacilitator = ({ parts, viewer }: Plan) => parts[viewer]?.role === "facilitator";
const frameOf = ({ protocol }: Plan) => ({ levels: levelsIn(protocol), hard: [] });

const differences: Readonly<Record<string, Difference>> = {
  "what others answer": {
    isShownBy: ({ sight }) => [sight.figures, sight.scores, sight.rationales, sight.snapshots].some(isSeen),
    apply: (plan, draw, round) => overAnswers(plan, round, (_answer, cell) => drawAnswer(draw, frameOf(plan), cell)),
  },
  "the answers of cells with too few scores": {
    isShownBy: ({ sight }) => isNamed(sight.scores) || isNamed(sight.rationales),
    apply(plan, draw, round) {
      const isSmall = smallCells(plan, round);
      const { levels } = frameOf(plan);
      return overAnswers(plan, round, (answer, cell) => {
        const value = answer.value === null ? null : draw.one(levels);
        return isSmall[cell] ? { ...answer, value, rationale: drawText(draw) } : answer;
      });
    },
  },
  "the cells the viewer is recused from": {
    isShownBy: ({ phase }) => phase === "closed",
    apply(plan, draw, round) {
      const isRecused = ownRecusals(plan, round);
      return overAnswers(plan, round, (answer, cell) =>
        isRecused[cell] ? drawAnswer(draw, frameOf(plan), cell) : answer,
      );
    },
  },
  "why others are recused": {
    isShownBy: ({ sight }, plan) => isFacilitator(plan) && isNamed(sight.rationales),
    apply: (plan, draw, round) =>
      overAnswers(plan, round, (answer) =>
        answer.nonScore === "recused" ? { ...answer, rationale: drawText(draw) } : answer,
      ),
  },
  "what stands in drafts": {
    isShownBy: () => false,
    apply: (plan, draw, round) =>
      overOthers(plan, round, (conduct, { told }) => ({
        ...conduct,
        drafts: conduct.drafts.map((draft) => ({
          ...draft,
          minutes: draw.from(2, 9),
          answer: drawDraftAnswer(plan, draw, draft.answer, told.cells.indexOf(draft.cell)),
        })),
      })),
  },
  "how often and when drafts are saved": {
    // A bundle tells the version of each score it shows, and facilitators see how many cells are filled.
    isShownBy: ({ sight }, plan) => isSeen(sight.scores) || (isFacilitator(plan) && sight.roster === "who"),
    apply: (plan, draw, round) =>
      overOthers(plan, round, (conduct, { part, told }) => ({
        ...conduct,
        drafts: conduct.drafts.flatMap((draft) =>
          Array.from({ length: draw.from(0, 3) }, () => ({
            ...draft,
            before: draw.from(...savingTime(told.acts, part)),
            minutes: draw.from(2, 9),
          })),
        ),
      })),
  },
  "who submits when": {
    isShownBy: ({ sight, phase }) =>
      sight.roster === "who" || isNamed(sight.scores) || (phase === "scoring" && isSeen(sight.figures)),
    apply: (plan, draw, round) => reordered(plan, round, draw.shuffled),
  },
  "who gave which answers": {
    isShownBy: ({ sight }, plan) =>
      sight.roster === "who" ||
      isNamed(sight.scores) ||
      isNamed(sight.rationales) ||
      // Facilitators know who is behind a code.
      (isFacilitator(plan) && plan.protocol.identity === "pseudonymous"),
    isOfWholeStory: true,
    apply: (plan, draw, round) => (round === 1 ? recast(plan, draw.shuffled) : plan),
  },
};

/** A recusal goes on as a draft of the next round, and facilitators see how many cells of that are filled. */
function drawDraftAnswer(plan: Plan, draw: Draw, before: Answer, cell: number): Answer {
  const after = drawAnswer(draw, frameOf(plan), cell);
  const isKept = isFacilitator(plan) && (after.nonScore === "recused") !== (before.nonScore === "recused");
  return isKept ? before : after;
}

export interface Pair {
  readonly plan: Plan;
  /** The same story to the viewer. */
  readonly other: Plan;
  /** The names of the differences between them. */
  readonly between: readonly string[];
}

/** A second world for a story that differs in as much as its viewer may not see, or in a part of that. */
export function drawOther(plan: Plan): Pair {
  for (let attempt = 1; ; attempt += 1) {
    const draw = drawFrom(`${plan.seed}/other/${attempt}`);
    const isChosen = draw.often(50) ? () => true : () => draw.often(40);
    const between: string[] = [];
    let other = plan;
    for (const { name, round, difference } of hiddenIn(plan)) {
      if (!isChosen()) continue;
      const changed = difference.apply(other, draw, round);
      if (JSON.stringify(changed) !== JSON.stringify(other)) between.push(`${name}, round ${round}`);
      other = changed;
    }
    if (between.length > 0) return { plan, other, between };
    if (attempt === 200) throw new Error(`No second world was found for ${plan.seed}.`);
  }
}

function hiddenIn(plan: Plan): { name: string; round: number; difference: Difference }[] {
  const glances = glancesOf(plan);
  return Object.entries(differences).flatMap(([name, difference]) =>
    plan.rounds
      .map((_told, index) => index + 1)
      .filter((round) => {
        const looks = difference.isOfWholeStory ? glances : glances.filter((glance) => glance.round === round);
        return !looks.some((glance) => difference.isShownBy(glance, plan));
      })
      .map((round) => ({ name, round, difference })),
  );
}
