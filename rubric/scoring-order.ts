import { type CellId, cellKey, type Policy, type Rubric } from "./rubric.ts";
import { entryAt } from "./statistics/arrays.ts";

/**
 * The order in which one reviewer meets the cells: one criterion across all policies, then the next. Where it starts is
 * drawn from the member's id, to spread what an order does to scores; it depends on nobody's scores.
 */
export function scoringOrder(
  scope: readonly CellId[],
  form: { rubric: Rubric; policies: readonly Policy[]; memberId: string },
): CellId[] {
  const open = new Set(scope.map(cellKey));
  const perspectives = form.rubric.perspectives.flatMap(({ id }) =>
    form.rubric.criteria.filter((one) => one.perspective === id),
  );
  const criteria = rotated(perspectives, offsetOf(`${form.memberId} criteria`));
  const policies = rotated(form.policies, offsetOf(`${form.memberId} policies`));
  return criteria
    .flatMap((criterion) => policies.map((policy) => ({ policyId: policy.id, criterionId: criterion.id })))
    .filter((cell) => open.has(cellKey(cell)));
}

/** The cell one place before or after another, round and round; `null` where there is no other. */
export function neighbourOf(order: readonly CellId[], key: string, step: 1 | -1): CellId | null {
  const at = order.findIndex((cell) => cellKey(cell) === key);
  if (at < 0 || order.length < 2) return null;
  return entryAt(order, (at + step + order.length) % order.length);
}

/** The next cell in the order, after this one, that is still to do; `null` when no other is. */
export function nextToDo(order: readonly CellId[], key: string, toDo: readonly CellId[]): CellId | null {
  const open = new Set(toDo.map(cellKey));
  const at = order.findIndex((cell) => cellKey(cell) === key);
  const onward = [...order.slice(at + 1), ...order.slice(0, Math.max(0, at))];
  return onward.find((cell) => open.has(cellKey(cell))) ?? null;
}

function rotated<One>(items: readonly One[], offset: number): One[] {
  const start = items.length === 0 ? 0 : offset % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

function offsetOf(text: string): number {
  let sum = 7;
  for (let place = 0; place < text.length; place += 1) sum = (sum * 31 + text.charCodeAt(place)) % 1_000_003;
  return sum;
}
