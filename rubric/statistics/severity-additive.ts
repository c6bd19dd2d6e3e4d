import { additiveFit } from "./additive-fit.ts";
import { measuredFrom } from "./figure.ts";
import { inPlaces, type Layout } from "./layout.ts";
import type { Measured, Reason } from "./measured.ts";
import type { Ratings } from "./score-table.ts";

type Placed = readonly (number | null)[];

export type AdditiveSeverity = Readonly<
  /** By item and by reviewer, in scale units; positive severity is generous. */
  Record<"adjusted" | "severity", Placed | null> & {
    readonly rawMean: Placed;
    /** Sum of squared residuals, scores less free parameters, and their quotient. */
    readonly rss: number | null;
    readonly df: number | null;
    readonly sigma2: number | null;
    /** Connected parts of reviewers and items; whoever has no score is a part alone. */
    readonly components: number;
  }
>;

/**
 * What would each item have got, had all reviewers scored it? By least squares: score = item + severity + noise, the
 * severities of those who scored summing to 0. Items in separate parts cannot be compared: `disconnected`.
 *
 * Searle (1971), Linear Models, chapter 7.
 *
 * @example additiveSeverity([[2, 4, 6], [3, 5, null]]).values.severity // [-0.5, 0.5]
 */
export function additiveSeverity(ratings: Ratings): Measured<AdditiveSeverity> {
  const { layout, parts, items, reviewers, rss, df } = additiveFit(ratings);
  const width = ratings[0]?.length ?? 0;
  const hasScores = layout.scores > 0;
  const isOnePart = parts.count < 2;
  return measuredFrom({
    adjusted: isOnePart ? inPlaces([...items], layout.groupPlaces, width) : "disconnected",
    severity: isOnePart ? inPlaces([...reviewers], layout.memberPlaces, ratings.length) : "disconnected",
    rawMean: inPlaces(rawMeans(layout), layout.groupPlaces, width),
    rss: hasScores ? rss : "no-scores",
    df: hasScores ? df : "no-scores",
    sigma2: df > 0 ? rss / df : whyNoNoise(layout),
    components: parts.count + loners(layout, ratings),
  });
}

function whyNoNoise({ scores }: Layout): Reason {
  return scores === 0 ? "no-scores" : "no-residual";
}

/** The mean of each item's scores. */
export function rawMeans({ groups, zero }: Layout): number[] {
  return groups.map(({ sum, members }) => sum / members.length + zero);
}

/** How many reviewers and items have no scores, and so are parts of their own. */
export function loners(layout: Layout, ratings: Ratings): number {
  const all = ratings.length + (ratings[0]?.length ?? 0);
  return all - layout.members - layout.groups.length;
}
