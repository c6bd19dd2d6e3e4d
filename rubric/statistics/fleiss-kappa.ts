import { entryAt } from "./arrays.ts";
import { measuredFrom, ratio } from "./figure.ts";
import { type Measured, undefinedFor } from "./measured.ts";

const KEYS = ["kappa", "Pbar", "Pe", "se0", "z"] as const;

export type FleissKappa = Readonly<Record<(typeof KEYS)[number], number | null>>;

/**
 * Agreement beyond chance on categories without order, for as many scores on every item (else `incomplete`): `Pbar` the
 * share of agreeing pairs, `Pe` what chance gives, `kappa` = (Pbar - Pe) / (1 - Pe), at most 1; `se0` its standard error
 * if there were no agreement beyond chance, `z` = kappa / se0. Takes how many scores each category got, by item.
 *
 * Fleiss (1971), Psychological Bulletin 76:378-382, with the error of Fleiss, Nee & Landis (1979), Psychological Bulletin
 * 86:974-977.
 *
 * @example fleissKappa([[2, 0], [0, 2], [1, 1]]).values.kappa // 0.33333333333333326
 */
export function fleissKappa(countsByItem: readonly (readonly number[])[]): Measured<FleissKappa> {
  const sizes = countsByItem.map(sum);
  const size = sizes[0] ?? 0;
  if (sizes.every((one) => one === 0)) return undefinedFor(KEYS, "no-scores");
  if (sizes.some((one) => one !== size)) return undefinedFor(KEYS, "incomplete");
  if (size < 2) return undefinedFor(KEYS, "too-few-raters");
  const items = sizes.length;
  const pairs = sum(countsByItem.map((counts) => sum(counts.map((count) => count * (count - 1)))));
  const Pbar = pairs / (items * size * (size - 1));
  const totals = entryAt(countsByItem, 0).map((_, level) => sum(countsByItem.map((counts) => entryAt(counts, level))));
  const shares = totals.map((total) => total / (items * size));
  const Pe = sum(totals.map((total) => total * total)) / (items * size * items * size);
  const spread = sum(shares.map((share) => share * (1 - share)));
  const skew = sum(shares.map((share) => share * (1 - share) * (1 - 2 * share)));
  const noise = Math.sqrt((2 / (items * size * (size - 1))) * Math.max(0, spread * spread - skew));
  const kappa = ratio(Pbar - Pe, 1 - Pe, 1);
  const se0 = ratio(noise, spread, 1);
  const isDefined = typeof kappa === "number" && typeof se0 === "number" && se0 > 0;
  return measuredFrom({ kappa, Pbar, Pe, se0, z: isDefined ? kappa / se0 : "no-variance" });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
