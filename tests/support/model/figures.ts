import { type Cell, levels, type NonScore, type Round, type Terms } from "./panel.ts";

/** What the submitted sheets of a round say of one cell. A draft enters nothing (rule V2). */
export interface Figures {
  readonly cell: Cell;
  readonly eligible: number;
  readonly n: number;
  readonly nonScores: {
    readonly cannotJudge: number;
    readonly abstain: number;
    readonly recused: number;
    readonly absent: number;
  };
  /** How many gave each level, lowest first; `null` below the minimum of scores. */
  readonly counts: readonly number[] | null;
  /** `enough` where the model leaves the rest to the published tables of the rule. */
  readonly verdict: "agreed" | "contested" | "too-few" | "enough";
}

export function figuresOf(terms: Terms, round: Round, cell: Cell): Figures {
  const values = valuesOf(round, cell);
  const recused = nonScoresOf(round, cell, "recused");
  const isEnough = values.length >= terms.minScores;
  return {
    cell,
    eligible: round.reviews.size - recused,
    n: values.length,
    nonScores: {
      cannotJudge: nonScoresOf(round, cell, "cannot-judge"),
      abstain: nonScoresOf(round, cell, "abstain"),
      recused,
      absent: [...round.reviews.values()].filter(({ state }) => state === "absent").length,
    },
    counts: isEnough ? levels.map((level) => values.filter((value) => value === level).length) : null,
    verdict: isEnough ? verdictOf(terms, values) : "too-few",
  };
}

export function isAgreed(terms: Terms, round: Round, cell: Cell): boolean {
  return figuresOf(terms, round, cell).verdict === "agreed";
}

/** Agreed: enough of the scores in one third, and few enough in the third that is not next to it. */
function verdictOf({ share }: Terms, values: readonly number[]): Figures["verdict"] {
  if (share === null) return "enough";
  const low = values.filter((value) => value < 0).length;
  const high = values.filter((value) => value > 0).length;
  const middle = values.length - low - high;
  const isShare = (third: number) => 100 * third >= share.agree * values.length;
  const isFew = (third: number) => share.opposedBelow === null || 100 * third < share.opposedBelow * values.length;
  const isAgreement = isShare(middle) || (isShare(low) && isFew(high)) || (isShare(high) && isFew(low));
  return isAgreement ? "agreed" : "contested";
}

function submittedTo(round: Round, cell: Cell) {
  return [...round.reviews.values()].flatMap(({ state, sheet }) =>
    state === "submitted" ? (sheet.get(cell) ?? []) : [],
  );
}

function valuesOf(round: Round, cell: Cell): number[] {
  return submittedTo(round, cell).flatMap(({ value }) => value ?? []);
}

function nonScoresOf(round: Round, cell: Cell, kind: NonScore): number {
  return submittedTo(round, cell).filter(({ nonScore }) => nonScore === kind).length;
}
