/** A node's clock that is ten minutes slow, right, or ten minutes fast, by the seed: no decision of a panel may turn on it. */
export function skewedClock(seed: number): () => Date {
  const skewMs = ((seed % 3) - 1) * 10 * 60 * 1000;
  return () => new Date(Date.now() + skewMs);
}
