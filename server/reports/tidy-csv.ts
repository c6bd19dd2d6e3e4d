import { stringify } from "csv-stringify/sync";
import type { Bundle, BundleHistogram, BundleScore } from "#rubric/bundle.ts";
import { type CellId, cellKey } from "#rubric/rubric.ts";
import { levelsOf } from "#rubric/scale.ts";
import type { Score } from "#rubric/score.ts";
import { countColumn, dictionaryColumns, tidyColumns } from "./tidy-columns.ts";

type Field = string | number | boolean | null;
type Row = Readonly<Record<string, Field>>;

/**
 * The answers of a bundle as a table in UTF-8 after RFC 4180, one row for each reviewer, cell and round; in anonymous
 * panels the counts of each cell instead. It is made from the bundle alone, so it can show no more. A text that a
 * spreadsheet would take for a formula gets a leading apostrophe.
 */
export function tidyCsv(bundle: Bundle): string {
  const columns = columnsFor(bundle).map(({ column }) => column);
  const rows = [...scoreRows(bundle), ...levelRows(bundle), ...ownRows(bundle), ...textRows(bundle)];
  return toCsv(
    columns,
    rows.map((row) => columns.map((column) => row[column] ?? null)),
  );
}

/** What each column of this bundle's table means. */
export function dictionaryCsv(bundle: Bundle): string {
  const lines = columnsFor(bundle).map(({ column, type, values, unit, meaning, whenEmpty }) => [
    column,
    type,
    values,
    unit,
    meaning,
    whenEmpty,
  ]);
  return toCsv(dictionaryColumns, lines);
}

function columnsFor({ protocol }: Bundle) {
  return protocol.identity === "anonymous" ? [...tidyColumns, countColumn] : tidyColumns;
}

function scoreRows(bundle: Bundle): Row[] {
  const members = new Map(bundle.members.map((member) => [member.memberId, member]));
  const earlier = new Map<string, BundleScore>();
  return bundle.scores.map((score) => {
    const label = score.memberId ?? score.code ?? "";
    const key = `${cellKey(score)} ${label}`;
    const before = score.nonScore === "absent" ? undefined : earlier.get(key);
    if (score.nonScore !== "absent") earlier.set(key, score);
    const member = members.get(score.memberId ?? "");
    return {
      ...cellColumns(bundle, score.round, score),
      reviewer: score.code ?? member?.name ?? label,
      group: member?.group ?? null,
      ...answerColumns(score),
      submitted_at: score.submittedAt,
      ...changeColumns(score, before),
      change_reason: score.changeReason,
      after_sight: score.afterSight,
    };
  });
}

function changeColumns(score: BundleScore, before: BundleScore | undefined): Row {
  if (!before) return {};
  const isSame = before.value === score.value && before.nonScore === score.nonScore;
  return { kept: isSame && before.rationale === score.rationale, changed_from: isSame ? null : before.value };
}

function levelRows(bundle: Bundle): Row[] {
  return bundle.histograms.flatMap((histogram) => {
    const cell = cellColumns(bundle, histogram.round, histogram);
    const { cannotJudge, abstain, recused, absent } = histogram.nonScores;
    const nonScores = { "cannot-judge": cannotJudge, abstain, recused, absent };
    return [
      ...levelCounts(bundle, histogram).map((counted) => ({ ...cell, ...counted })),
      ...Object.entries(nonScores).map(([non_score, count]) => ({ ...cell, non_score, count })),
    ];
  });
}

function levelCounts(bundle: Bundle, { round, n, counts }: BundleHistogram): Row[] {
  const scale = rubricOf(bundle, round)?.rubric.scale;
  if (counts === null || !scale) return [{ count: n }];
  return levelsOf(scale).map((value, index) => ({ value, count: counts[index] ?? 0 }));
}

function textRows(bundle: Bundle): Row[] {
  return bundle.histograms.flatMap((histogram) => {
    const cell = cellColumns(bundle, histogram.round, histogram);
    return (histogram.rationales ?? []).map((text) => ({ ...cell, ...answerColumns(text) }));
  });
}

/** A round that is still scoring: the caller's own answers, under the caller's own name. */
function ownRows(bundle: Bundle): Row[] {
  const { ownSheet } = bundle;
  if (!ownSheet) return [];
  const reviewer = bundle.members.find(({ memberId }) => memberId === ownSheet.memberId)?.name ?? null;
  return ownSheet.scores.map((score) => ({
    ...cellColumns(bundle, ownSheet.round, score),
    reviewer,
    ...answerColumns(score),
    change_reason: score.changeReason?.code ?? null,
  }));
}

function answerColumns({
  value,
  nonScore,
  rationale,
}: Pick<BundleScore | Score, "value" | "nonScore" | "rationale">): Row {
  return { value, non_score: nonScore, rationale };
}

function cellColumns(bundle: Bundle, round: number, { policyId, criterionId }: CellId): Row {
  const version = rubricOf(bundle, round);
  const criterion = version?.rubric.criteria.find(({ id }) => id === criterionId);
  return {
    panel_id: bundle.panel.panelId,
    synthetic: bundle.synthetic,
    rubric_version: version?.version ?? null,
    round,
    policy_id: policyId,
    policy: version?.policies.find(({ id }) => id === policyId)?.title ?? null,
    criterion_id: criterionId,
    criterion: criterion?.name ?? null,
    perspective: version?.rubric.perspectives.find(({ id }) => id === criterion?.perspective)?.title ?? null,
  };
}

function rubricOf({ rounds, rubrics }: Bundle, round: number): Bundle["rubrics"][number] | undefined {
  const version = rounds.find((one) => one.round === round)?.rubricVersion;
  return rubrics.find((one) => one.version === version);
}

function toCsv(header: readonly string[], rows: readonly Field[][]): string {
  return stringify([[...header], ...rows.map((row) => row.map(safeField))], {
    escape_formulas: true,
    record_delimiter: "windows",
    cast: { boolean: String },
  });
}

/** The library knows the other first characters that make a formula; a line break before one hides it. */
function safeField(field: Field): Field {
  return typeof field === "string" && field.startsWith("\n") ? `'${field}` : field;
}
