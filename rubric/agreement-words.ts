import type { Reliability } from "./agreement.ts";
import { type CellMovement, stableBelow } from "./movement.ts";
import type { Reason } from "./statistics/measured.ts";

/** For a chair: what the coefficient says here, without a grade. */
export function reliabilitySentence({ alpha, alphaLow, cells, reasons }: Reliability): string {
  if (alpha === null) return `Whether reviewers agree cannot be measured: ${reasonWords(reasons.alpha)}.`;
  const over = `Over ${cells} ${cells === 1 ? "cell" : "cells"}`;
  if (alphaLow === null) return `${over} nothing can be said for sure: ${reasonWords(reasons.alphaLow)}.`;
  return alphaLow > 0
    ? `${over} reviewers differ less about one cell than scores differ from cell to cell: they tell the cells apart in much the same way.`
    : `${over} nothing shows that reviewers agree more about one cell than any scores would by chance.`;
}

/** For an auditor: the figures behind it. */
export function reliabilityFigures({ alpha, alphaLow, alphaHigh, ac2, scores }: Reliability): string {
  const interval =
    alphaLow === null || alphaHigh === null ? "" : ` (95 % ${printed(alphaLow)} to ${printed(alphaHigh)})`;
  return `Krippendorff’s ordinal alpha ${printed(alpha)}${interval}; Gwet’s AC2, quadratic, ${printed(ac2)}; ${scores} scores.`;
}

/** A coefficient to two digits, or a dash. */
export function printed(coefficient: number | null): string {
  if (coefficient === null) return "–";
  const text = Math.abs(coefficient).toFixed(2);
  return coefficient < 0 && text !== "0.00" ? `−${text}` : text;
}

/** Why there is no figure, in the words that follow "because" or a colon. */
export function reasonWords(reason: Reason | undefined): string {
  switch (reason) {
    case "too-few-raters":
      return "no cell has two scores";
    case "no-variance":
      return "all scores are the same, so there is nothing to tell apart";
    case "too-few-items":
      return "there are too few cells";
    case "no-scores":
      return "there are no scores";
    default:
      return "the formula has no answer here";
  }
}

/** Fewer scores make no shape. */
const fewestForShape = 5;

/** The shape of one cell's scores by van der Eijk's A; nothing for fewer than five scores. */
export function shapeWords(agreementA: number | null, n: number): string {
  if (agreementA === null || n < fewestForShape) return "–";
  if (agreementA >= 0.6) return "together";
  if (agreementA >= 0.2) return "leaning";
  return agreementA >= -0.2 ? "scattered" : "split";
}

/** What the last round changed, counted. */
export function movementSentence(movement: readonly CellMovement[]): string {
  const stable = movement.filter(({ histogramChange }) => histogramChange < stableBelow);
  const dissent = stable.filter(({ verdict }) => verdict === "contested").length;
  const again = movement.length === 1 ? "1 cell was scored again" : `${movement.length} cells were scored again`;
  const kept = `${again}; in ${stable.length} the scores hardly changed`;
  if (dissent === 0) return `${kept}.`;
  return `${kept}, ${dissent} of them contested: a dissent that lasts is a finding, and no reason for another round.`;
}
