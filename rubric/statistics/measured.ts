/** Why a figure is undefined. */
export type Reason =
  | "no-scores"
  | "too-few-raters"
  | "too-few-items"
  | "too-few-levels"
  | "too-few-common"
  | "no-variance"
  | "incomplete"
  | "disconnected"
  | "scale-not-ratio"
  | "no-interval"
  | "no-points"
  | "no-weight"
  | "dominated"
  | "outside-simplex"
  | "never-first"
  | "no-change"
  | "no-residual"
  | "one-group"
  | "mean-too-extreme"
  | "too-large"
  | "not-converged";

/**
 * What a measure answers: its figures by name, and for each that is `null` the reason, by key or by the path of an element
 * (`"severity[2]"`, `"challengers[0].l2"`).
 */
export interface Measured<Values extends object = Readonly<Record<string, unknown>>> {
  readonly values: Values;
  readonly reasons: Readonly<Record<string, Reason>>;
}

/** Why a figure is undefined; `null` for one that is not. */
export function reasonFor({ reasons }: Pick<Measured, "reasons">, key: string): Reason | null {
  return reasons[key] ?? null;
}

/** Every key undefined for the same reason. */
export function undefinedFor<Key extends string>(keys: readonly Key[], reason: Reason): Measured<Record<Key, null>> {
  const pairs = <Value>(value: Value) => Object.fromEntries(keys.map((key) => [key, value])) as Record<Key, Value>;
  return { values: pairs(null), reasons: pairs(reason) };
}
