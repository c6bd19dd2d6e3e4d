/**
 * What is kept apart by size, for the sizes that occur: sums over a few dozen sizes instead of over every number of
 * scores there could be. What is kept for a size that occurs no more stays, empty.
 */
export interface BySize<Pool extends { readonly size: number }> {
  /** By rising size. */
  readonly pools: Pool[];
  readonly ofSize: Map<number, Pool>;
}

/** The pool of a size; a new one of its kind if the size has not occurred before. */
export function poolOfSize<Pool extends { readonly size: number }>(
  { pools, ofSize }: BySize<Pool>,
  size: number,
  make: (size: number) => Pool,
): Pool {
  const held = ofSize.get(size);
  if (held !== undefined) return held;
  const pool = make(size);
  const next = pools.findIndex((other) => other.size > size);
  pools.splice(next === -1 ? pools.length : next, 0, pool);
  ofSize.set(size, pool);
  return pool;
}
