/** Beyond it, equations lose their digits; scores on levels never come near. */
const LARGEST = 1e8;

/**
 * The ratio of a variance to that of the noise, from its root, which a search may move freely: below 0 it counts as above.
 *
 * @example ratioOf(-0.5) // 0.25
 */
export function ratioOf(root: number): number {
  return Math.min(LARGEST, root * root);
}
