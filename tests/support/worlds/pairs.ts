import type { ServerBuild } from "@remix-run/node";
import type { TestCluster } from "../test-cluster.ts";
import { type Leak, leakBetween, witnessesBetween } from "./compare.ts";
import { drawOther } from "./differences.ts";
import { drawPlan } from "./draw-plan.ts";
import { perform } from "./perform.ts";
import { authorsBetween } from "./steps.ts";
import { openWorld, type World } from "./world.ts";

export interface PairsWish {
  readonly cluster: Pick<TestCluster, "url" | "templateName">;
  readonly build: ServerBuild;
  readonly seed: string;
  readonly pairs: number;
  /** The number of the first pair, to see one again. */
  readonly first?: number;
  /** Of all requests at each look around, how many in a hundred. */
  readonly percent?: number;
  /** Called after each pair. */
  readonly told?: (outcome: PairOutcome) => void;
}

export interface PairOutcome {
  readonly number: number;
  /** Who looked on at what. */
  readonly story: string;
  readonly between: readonly string[];
  readonly leak: Leak | null;
  /** Who saw that the worlds differ. */
  readonly witnesses: readonly string[];
  /** How many answers, frames and mails were compared. */
  readonly compared: number;
}

/** So many pairs of worlds share a database before they get a new one. */
const mostOnOneDatabase = 40;
const lanes = 4;

/** Plays pairs of worlds that differ in nothing their viewer may see, some at a time. */
export async function playPairs(wish: PairsWish): Promise<PairOutcome[]> {
  const first = wish.first ?? 1;
  const numbers = Array.from({ length: wish.pairs }, (_, index) => first + index);
  const outcomes: PairOutcome[] = [];
  const playLane = async () => {
    while (numbers.length > 0) outcomes.push(...(await playSome(wish, numbers.splice(0, mostOnOneDatabase / lanes))));
  };
  await Promise.all(Array.from({ length: Math.min(lanes, wish.pairs) }, playLane));
  return outcomes.sort((left, right) => left.number - right.number);
}

async function playSome(wish: PairsWish, numbers: readonly number[]): Promise<PairOutcome[]> {
  const open = () => openWorld(wish.cluster, wish.build);
  const worlds = await Promise.all([open(), open()]);
  try {
    const outcomes: PairOutcome[] = [];
    for (const number of numbers) {
      const outcome = await playPair(worlds, wish, number);
      wish.told?.(outcome);
      outcomes.push(outcome);
    }
    return outcomes;
  } finally {
    await Promise.all(worlds.map((world) => world.stop()));
  }
}

async function playPair([here, there]: readonly [World, World], wish: PairsWish, number: number): Promise<PairOutcome> {
  const plan = drawPlan(`${wish.seed}/${number}`);
  const { other, between } = drawOther(plan);
  const authors = authorsBetween(plan, other).slice(0, 3);
  const watching = { build: wish.build, percent: wish.percent ?? 15, authors };
  const played = [perform(here, plan, watching), perform(there, other, watching)] as const;
  // Both come to their end before either's failure is told.
  await Promise.allSettled(played);
  const [one, two] = await Promise.all(played).catch((error: unknown) => {
    throw new Error(`Pair ${number} of seed ${wish.seed} could not be played.`, { cause: error });
  });
  const { identity, board, facilitatorView } = plan.protocol;
  const isRecast = between.some((difference) => difference.startsWith("who gave which answers"));
  return {
    number,
    story: `${plan.viewer} of a panel ${identity}, ${board}, ${facilitatorView}, round ${plan.rounds.length} ${plan.end}`,
    between,
    leak: leakBetween(one, two, isRecast),
    witnesses: witnessesBetween(one, two),
    compared: one.seen.length,
  };
}
