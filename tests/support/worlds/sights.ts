import type { Phase, ReviewState } from "#rubric/round.ts";
import { type Sight, sightOf } from "#rubric/visibility.ts";
import type { Act, Plan, Viewer } from "./plan.ts";

/** What the table gives a viewer of one round, at one moment of the story. */
export interface Glance {
  readonly round: number;
  /** Of that round at that moment. */
  readonly phase: Phase;
  readonly sight: Sight;
}

/** Every look a viewer may take, from the first moment to the last, by the visibility table alone. */
export function glancesOf(plan: Plan, viewer: Viewer = plan.viewer): Glance[] {
  const seat = plan.parts[viewer];
  if (!seat) return [];
  const glances: Glance[] = [];
  let isMember = !seat.isLate;
  for (const [index, { acts }] of plan.rounds.entries()) {
    const round = index + 1;
    let review: ReviewState | null = seat.scores && isMember ? "drafting" : null;
    const look = (phase: Phase) => {
      if (!isMember) return;
      const sight = (at: Phase, of: number, own: ReviewState | null) =>
        sightOf({ role: seat.role, review: own }, { phase: at, round: of, protocol: plan.protocol });
      for (let earlier = 1; earlier < round; earlier += 1)
        glances.push({ round: earlier, phase: "closed", sight: sight("closed", earlier, null) });
      glances.push({ round, phase, sight: sight(phase, round, review) });
    };
    look("scoring");
    for (const act of acts) {
      if (act.who === viewer) {
        isMember = membershipAfter(act, isMember);
        review = reviewAfter(act);
      }
      look("scoring");
    }
    for (const phase of phasesAfter(plan, round)) look(phase);
  }
  return glances;
}

/** The phases a round comes to after its scoring. */
export function phasesAfter({ rounds, end }: Pick<Plan, "rounds" | "end">, round: number): ("discussion" | "closed")[] {
  if (round < rounds.length || end === "closed") return ["discussion", "closed"];
  return end === "discussion" ? ["discussion"] : [];
}

function membershipAfter({ does }: Act, before: boolean): boolean {
  if (does === "join") return true;
  return does === "remove" ? false : before;
}

function reviewAfter({ does }: Act): ReviewState | null {
  switch (does) {
    case "submit":
      return "submitted";
    case "join":
    case "reopen":
      return "drafting";
    case "remove":
      return null;
  }
}
