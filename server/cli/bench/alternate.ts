import type { Sample } from "./figures.ts";

export interface Legs {
  readonly concord: () => Promise<Sample>;
  readonly limit: () => Promise<Sample>;
}

/**
 * Runs the two in turns, after one turn each that is not counted: this machine may be quicker now than in a minute, and
 * whatever slows one leg down should meet both.
 */
export async function alternate(
  legs: Legs,
  options: { rounds: number; told: (progress: string) => void },
): Promise<{ concord: Sample[]; limit: Sample[] }> {
  const concord: Sample[] = [];
  const limit: Sample[] = [];
  await legs.concord();
  await legs.limit();
  for (let round = 1; round <= options.rounds; round += 1) {
    options.told(`round ${round} of ${options.rounds}`);
    concord.push(await legs.concord());
    limit.push(await legs.limit());
  }
  return { concord, limit };
}
