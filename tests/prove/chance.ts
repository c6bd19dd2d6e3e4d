/** Numbers from 0 up to 1 that look like chance and are the same for the same seed. */
export function chanceFrom(seed: number): () => number {
  let state = (Math.abs(Math.trunc(seed)) % 2_147_483_646) + 1;
  const next = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  // The first numbers of small seeds are small.
  for (let index = 0; index < 8; index += 1) next();
  return next;
}
