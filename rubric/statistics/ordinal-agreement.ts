import { at, entryAt } from "./arrays.ts";
import { log } from "./elementary.ts";
import { type Measured, undefinedFor } from "./measured.ts";
import { momentsOf } from "./moments.ts";
import { type Counts, total } from "./quantile.ts";

/** Whether one cell's scores stand together, scattered, or in two camps. */
export interface OrdinalAgreement {
  /** van der Eijk's A: 1 unanimous, 0 uniform, -1 half at each end. Undefined on two levels. */
  readonly agreementA: number | null;
  /** (1 - A) / 2: 0 unanimous, 1 half at each end. */
  readonly polarisation: number | null;
  /** Tastle and Wierman's Cns: 1 unanimous, 0 half at each end. */
  readonly consensusCns: number | null;
  /** 1 - Cns. */
  readonly dissensus: number | null;
}

/**
 * Agreement on an ordered scale, from how many scores each level got, or from shares or percentages.
 *
 * van der Eijk (2001), Measuring agreement in ordered rating scales, Quality & Quantity 35:325-341. Tastle & Wierman (2007),
 * Consensus and dissention: a measure of ordinal dispersion, Int. J. Approximate Reasoning 45:531-545.
 *
 * @example ordinalAgreement([3, 0, 0, 0, 3], [1, 2, 3, 4, 5]).values.agreementA // -1
 */
export function ordinalAgreement(counts: Counts, levels: readonly number[]): Measured<OrdinalAgreement> {
  const cns = consensus(counts, levels);
  if (cns === null) {
    return undefinedFor(["agreementA", "polarisation", "consensusCns", "dissensus"], "no-scores");
  }
  const ofLevels = { consensusCns: cns, dissensus: 1 - cns };
  const agreementA = vanDerEijkA(counts);
  if (agreementA === null) {
    const { values, reasons } = undefinedFor(["agreementA", "polarisation"], "too-few-levels");
    return { values: { ...values, ...ofLevels }, reasons };
  }
  return { values: { agreementA, polarisation: (1 - agreementA) / 2, ...ofLevels }, reasons: {} };
}

/**
 * A alone, of a cell with scores; `null` on two levels. Peels the histogram into layers in which each level has all or
 * nothing, and averages their agreement by weight.
 *
 * @example vanDerEijkA([1, 1, 1]) // 0
 */
export function vanDerEijkA(counts: Counts): number | null {
  if (counts.length < 3) return null;
  const n = total(counts);
  const nothing = counts.every(Number.isInteger) ? 0 : 1e-9 * n;
  const left = Float64Array.from(counts);
  let agreement = 0;
  for (;;) {
    const { height, size } = layerOf(left, nothing);
    if (size === 0) return agreement;
    agreement += ((height * size) / n) * patternAgreement(left, nothing, size);
    for (let level = 0; level < left.length; level += 1) {
      const count = at(left, level);
      left[level] = count > nothing ? count - height : 0;
    }
  }
}

/** How many levels have scores left, and how many the least of those has. */
function layerOf(left: Float64Array, nothing: number): { height: number; size: number } {
  let [height, size] = [Number.POSITIVE_INFINITY, 0];
  for (const count of left) {
    if (count <= nothing) continue;
    size += 1;
    if (count < height) height = count;
  }
  return { height, size };
}

/** van der Eijk's A of a layer with scores, all alike, on `size` of its levels. */
function patternAgreement(left: Float64Array, nothing: number, size: number): number {
  if (size === 1) return 1;
  const levels = left.length;
  const { split, together } = triples(left, nothing, size);
  if (split + together === 0) return 0;
  const unimodality = ((levels - 2) * together - (levels - 1) * split) / ((levels - 2) * (split + together));
  return unimodality * (1 - (size - 1) / (levels - 1));
}

/** Of all triples of levels, lowest first: how many are (1, 0, 1), and how many (1, 1, 0) or (0, 1, 1). */
function triples(left: Float64Array, nothing: number, size: number): { split: number; together: number } {
  let [split, together, below] = [0, 0, 0];
  for (const count of left) {
    if (count > nothing) {
      below += 1;
      continue;
    }
    const above = size - below;
    split += below * above;
    together += (below * (below - 1) + above * (above - 1)) / 2;
  }
  return { split, together };
}

function consensus(counts: Counts, levels: readonly number[]): number | null {
  const moments = momentsOf(counts, levels);
  const [lowest, highest] = [levels[0], levels.at(-1)];
  if (moments === null || lowest === undefined || highest === undefined) return null;
  let sum = 0;
  for (const [index, level] of levels.entries()) {
    const share = entryAt(counts, index) / moments.n;
    // Never below the share: with the mean at the far end, rounding could leave nothing to take the logarithm of.
    const nearness = Math.max(share, 1 - Math.abs(level - moments.mean) / (highest - lowest));
    if (share > 0) sum += share * log(nearness);
  }
  return 1 + sum / log(2);
}
