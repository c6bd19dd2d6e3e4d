/** One column of the tidy file, and its line in the dictionary. */
export interface Column {
  readonly column: string;
  readonly type: "text" | "integer" | "boolean" | "time";
  readonly values: string;
  readonly unit: string;
  readonly meaning: string;
  readonly whenEmpty: string;
}

const column = (
  name: string,
  type: Column["type"],
  more: Omit<Partial<Column>, "column" | "type"> & { meaning: string },
): Column => ({
  column: name,
  type,
  values: "",
  unit: "",
  whenEmpty: "never",
  ...more,
});

/** One row for each reviewer, cell and round. */
export const tidyColumns: readonly Column[] = [
  column("panel_id", "text", { values: "UUID", meaning: "The panel." }),
  column("synthetic", "boolean", {
    values: "true, false",
    meaning: "Whether the panel is a demonstration with invented data.",
  }),
  column("rubric_version", "integer", { meaning: "The version of the rubric that the round was scored under." }),
  column("round", "integer", { values: "from 1", meaning: "The round of scoring." }),
  column("policy_id", "text", { meaning: "The policy's short id in the rubric." }),
  column("policy", "text", { meaning: "The policy's title." }),
  column("criterion_id", "text", { meaning: "The criterion's short id in the rubric." }),
  column("criterion", "text", { meaning: "The criterion's name." }),
  column("perspective", "text", { meaning: "The title of the family of criteria it belongs to." }),
  column("reviewer", "text", {
    meaning: "Who gave the answer: a name in named panels, a code in pseudonymous ones.",
    whenEmpty: "anonymous panels",
  }),
  column("group", "text", { meaning: "The reviewer's group.", whenEmpty: "no group, or the panel is not named" }),
  column("value", "integer", {
    unit: "levels of the scale",
    meaning: "The score: the effect on the criterion's goal.",
    whenEmpty: "no score was given; see non_score",
  }),
  column("non_score", "text", {
    values: "cannot-judge, abstain, recused, absent",
    meaning: "Why there is no score. It is never counted as a zero or a middle.",
    whenEmpty: "a score was given",
  }),
  column("rationale", "text", {
    meaning: "The reason in the reviewer's words.",
    whenEmpty: "none was given, or the reviewer is recused",
  }),
  column("evidence_ids", "text", { meaning: "Sources cited by the rationale.", whenEmpty: "none were cited" }),
  column("submitted_at", "time", {
    values: "ISO 8601, UTC",
    meaning: "When the reviewer submitted the round.",
    whenEmpty: "not submitted, or the panel is not named",
  }),
  column("kept", "boolean", {
    values: "true, false",
    meaning: "Whether answer and rationale repeat those of the latest earlier round that had this cell.",
    whenEmpty: "no earlier answer under this label",
  }),
  column("changed_from", "integer", {
    unit: "levels of the scale",
    meaning: "The reviewer's earlier score of this cell.",
    whenEmpty: "not changed, or no earlier score",
  }),
  column("change_reason", "text", {
    values: "new-argument, new-evidence, misread, amended-text, compromise, other",
    meaning: "What changed the score, as the reviewer chose it.",
    whenEmpty: "no reason given",
  }),
  column("after_sight", "boolean", {
    values: "true, false",
    meaning: "Whether others' scores of this cell could be seen before this one was given.",
    whenEmpty: "anonymous panels",
  }),
];

/** Anonymous panels: one row for each cell, round and level or non-score; then the texts, one a row, without a label. */
export const countColumn: Column = column("count", "integer", {
  unit: "reviewers",
  meaning:
    "How many gave this level or non-score; on a row with neither, how many gave any score in a cell that has too few for its levels to be shown.",
  whenEmpty: "the row is one text, or one's own sheet",
});

export const dictionaryColumns = ["column", "type", "values", "unit", "meaning", "when empty"] as const;
