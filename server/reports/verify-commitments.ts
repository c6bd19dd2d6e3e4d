import type { Bundle, BundleScore } from "#rubric/bundle.ts";
import { commitmentLine } from "#rubric/receipt.ts";
import { type CellId, cellKey } from "#rubric/rubric.ts";
import { answersByCell, type CellAnswers, nothingCarried } from "#rubric/sealed-cells.ts";
import { committed, sealOf } from "#server/commitments.ts";
import { hmacOf } from "#server/hash.ts";
import { type Check, check, firstOf, uncheckable, unless } from "./verify-check.ts";
import { type Line, linesAbout } from "./verify-lines.ts";

type Revealed = Line & { act: "round-revealed" };

/** What the reveal of each round bound: the answers to every cell, and what each review had committed itself to before. */
export function revealChecks(bundle: Bundle, lines: readonly Line[]): Check[] {
  return bundle.rounds.flatMap(({ round }) => {
    const [revealed] = linesAbout(lines, "round-revealed", round);
    if (!revealed) return [];
    return [...sealChecks(bundle, revealed), commitmentsCheck(bundle, revealed, lines)];
  });
}

/** All answers to a cell, against the seal that was put on them at the reveal, whether the round is closed or not. */
function sealChecks(bundle: Bundle, { round, cells }: Revealed): Check[] {
  const name = `round ${round}, sealed answers`;
  if (cells === undefined) return [uncheckable(name, "the round was revealed before cells were sealed")];
  const ofRound = <Item extends { readonly round: number }>(items: readonly Item[]) =>
    items.filter((item) => item.round === round);
  const carried = { scores: ofRound(bundle.scores), histograms: ofRound(bundle.histograms) };
  const answers = new Map(answersByCell(carried).map((cell) => [cellKey(cell), cell]));
  const opened = ofRound(bundle.cellKeys ?? []);
  const keys = new Map(opened.map((one) => [cellKey(one), one.key]));
  if (keys.size === 0 && isWithoutTexts(carried.histograms))
    return [uncheckable(name, "an observer's file of an anonymous panel leaves the texts out")];
  const isClosed = bundle.rounds.some((one) => one.round === round && one.closedAt !== null);
  const scope = bundle.rounds.find((one) => one.round === round)?.scope.map(cellKey) ?? [];
  const places = [...carried.scores, ...carried.histograms].map((answer) => scope.indexOf(cellKey(answer)));
  const isInOrder = places.every((place, index) => index === 0 || place >= (places[index - 1] ?? 0));
  const leftOut = cells.filter((cell) => !answers.has(cellKey(cell)) && !keys.has(cellKey(cell)));
  const fault = firstOf([
    () => unless(isInOrder, "they are not in the order of the cells"),
    () => unless(isSubset([...answers.keys()], cells), "a cell was not among those revealed"),
    () => unless(keys.size === opened.length, "a cell is opened twice"),
    () => unless(isSubset([...keys.keys()], cells), "a key opens a cell that was not among those revealed"),
    () => unless(leftOut.length === 0 || !isClosed, `${leftOut.map(cellKey).join(", ")} is left out`),
    ...cells.map(
      (cell) => () => sealFault(cell, { answers: answers.get(cellKey(cell)), key: keys.get(cellKey(cell)) }),
    ),
  ]);
  const unseen = `${leftOut.map(cellKey).join(", ")} is left out, as for someone recused from it`;
  return [
    check(name, fault),
    ...(fault === null && leftOut.length > 0 ? [uncheckable(`round ${round}, cells`, unseen)] : []),
  ];
}

function isWithoutTexts(histograms: Bundle["histograms"]): boolean {
  return histograms.length > 0 && histograms.every(({ rationales }) => rationales === null);
}

function isSubset(keys: readonly string[], cells: readonly CellId[]): boolean {
  const known = new Set(cells.map(cellKey));
  return keys.every((key) => known.has(key));
}

function sealFault(
  { seal, ...cell }: CellId & { seal: string },
  { answers, key }: { answers: CellAnswers | undefined; key: string | undefined },
): string | null {
  if (!answers && key === undefined) return null;
  const { scores, histograms } = answers ?? nothingCarried;
  const holds = key !== undefined && sealOf(key, { scores, histograms }) === seal;
  return unless(holds, `${cellKey(cell)}: a score or text is not the one that was revealed`);
}

/** Each answer, against what its author was committed to since the submission. */
function commitmentsCheck(bundle: Bundle, revealed: Revealed, lines: readonly Line[]): Check {
  const { round, submitted } = revealed;
  const name = `round ${round}, commitments`;
  const scope = bundle.rounds.find((one) => one.round === round)?.scope ?? [];
  if (bundle.protocol.identity === "anonymous")
    return anonymousCheck(name, { bundle, revealed, lines, cells: scope.length });
  const reviews = linesAbout(lines, "review-committed", round);
  const fault = firstOf([
    ...reviews.map((review) => () => reviewFault(review, revealed, scope)),
    () => unless(new Set(reviews.map(({ who }) => who)).size === reviews.length, "a review was committed twice"),
    () => answersFault(bundle, revealed, reviews),
  ]);
  if (fault !== null || reviews.length === submitted) return check(name, fault);
  return uncheckable(name, `${submitted - reviews.length} of ${submitted} reviews were submitted without any`);
}

function reviewFault(
  { who, submittedAt, commitments }: Line & { act: "review-committed" },
  { reviews }: Revealed,
  scope: readonly CellId[],
): string | null {
  const review = reviews.find((one) => one.who === who);
  return firstOf([
    () => unless(review !== undefined, "somebody committed who did not submit"),
    () => unless(review?.submittedAt === submittedAt, "a review was submitted at another time"),
    () => unless(commitments.map(cellKey).join() === scope.map(cellKey).join(), "a review has not one for each cell"),
  ]);
}

function answersFault(bundle: Bundle, revealed: Revealed, reviews: readonly (Line & { act: "review-committed" })[]) {
  const { round } = revealed;
  const scores = bundle.scores.filter((score) => score.round === round);
  const openings = (bundle.openings ?? []).filter((opening) => opening.round === round);
  const keys = new Map(openings.map((opening) => [placeOf(opening, opening.who), opening.key]));
  const commitments = new Map(
    reviews.flatMap(({ who, commitments: own }) => own.map((one) => [placeOf(one, who), one.commitment] as const)),
  );
  const submitted = new Set(revealed.reviews.map(({ who }) => who));
  const places = new Set(scores.map((score) => placeOf(score, whoOf(score))));
  return firstOf([
    () => unless(places.size === scores.length && keys.size === openings.length, "an answer is there twice"),
    () =>
      unless(
        [...keys.keys()].every((place) => places.has(place)),
        "a key opens no answer of the file",
      ),
    ...scores.map((score) => () => {
      const place = placeOf(score, whoOf(score));
      const isAbsent = score.nonScore === "absent";
      if (isAbsent === submitted.has(whoOf(score))) return `${place} is not marked absent as it should be`;
      const commitment = commitments.get(place);
      if (isAbsent || (commitment === undefined && !keys.has(place))) return null;
      return unless(
        opensTo(bundle, score, keys.get(place)) === commitment,
        `${place}: the answer is not the one submitted`,
      );
    }),
  ]);
}

function opensTo({ panel }: Bundle, score: BundleScore, key: string | undefined): string | null {
  const line = commitmentLine({ panelId: panel.panelId, round: score.round }, committed(score));
  return key === undefined ? null : hmacOf(key, line);
}

function whoOf({ memberId, code }: BundleScore): string {
  return memberId ?? code ?? "";
}

function placeOf(cell: CellId, who: string): string {
  return `${cellKey(cell)} of ${who}`;
}

/** Nobody but its author can open one: that they are as many as the answers is all that a file can show. */
function anonymousCheck(
  name: string,
  at: { bundle: Bundle; revealed: Revealed; lines: readonly Line[]; cells: number },
): Check {
  const { round, submitted } = at.revealed;
  const commitments = linesAbout(at.lines, "round-committed", round).flatMap((line) => line.commitments);
  const expected = submitted * at.cells;
  const isSorted = commitments.every((one, index) => index === 0 || (commitments[index - 1] ?? "") < one);
  const opened = (at.bundle.openings ?? []).some((opening) => opening.round === round);
  const fault = firstOf([
    () => unless(!opened, "a key opens an anonymous answer"),
    () => unless(isSorted, "they are not sorted by value, each once"),
    () => unless(commitments.length <= expected, "there are more than answers"),
  ]);
  if (fault !== null || commitments.length === expected) return check(name, fault);
  return uncheckable(name, `${expected - commitments.length} of ${expected} answers were submitted without any`);
}
