import { z } from "zod";
import { scaleSchema } from "./scale.ts";
import { longText, name, shortId, webAddress } from "./text.ts";

const perspectiveSchema = z.strictObject({
  id: shortId,
  title: name(80),
  description: longText(1000).optional(),
});

const comparatorSchema = z.strictObject({ id: shortId, title: name(120), text: longText(1000) });

const criterionSchema = z.strictObject({
  id: shortId,
  name: name(160),
  short: name(40).optional(),
  effect: z.strictObject({ low: name(60), high: name(60) }).optional(),
  perspective: shortId,
  question: longText(1000).default(""),
  goal: longText(300).optional(),
  polarity: z.enum(["more-is-better", "less-is-better"]).default("more-is-better"),
  directionGivenBySource: z.boolean().optional(),
  comparator: shortId.optional(),
  gloss: longText(2000).optional(),
  weight: z.number().min(0).max(1000).optional(),
});

const sourceSchema = z.strictObject({
  authors: z.array(name(200)).max(20).optional(),
  title: name(300).optional(),
  organisation: name(200).optional(),
  published: name(40).optional(),
  kind: name(120).optional(),
  url: webAddress.optional(),
  usedHere: name(300).optional(),
});

/** What policies are judged by: perspectives, criteria, comparator, and the scale with its anchors. */
export const rubricSchema = z
  .strictObject({
    title: name(200),
    summary: longText(1000).optional(),
    source: sourceSchema.optional(),
    notices: z.array(longText(1000)).max(20).default([]),
    perspectives: z.array(perspectiveSchema).min(1, "Add a perspective.").max(20),
    comparators: z.array(comparatorSchema).max(10).default([]),
    scale: scaleSchema,
    criteria: z.array(criterionSchema).min(1, "Add a criterion.").max(40),
    otherConsiderationsPrompt: longText(300).optional(),
  })
  .superRefine((rubric, context) => {
    refuseDuplicates(rubric.perspectives, "perspectives", context);
    refuseDuplicates(rubric.criteria, "criteria", context);
    for (const [index, criterion] of rubric.criteria.entries()) {
      if (!rubric.perspectives.some((perspective) => perspective.id === criterion.perspective)) {
        context.addIssue({
          code: "custom",
          path: ["criteria", index, "perspective"],
          message: "No perspective has this id.",
        });
      }
      if (criterion.comparator && !rubric.comparators.some(({ id }) => id === criterion.comparator)) {
        context.addIssue({
          code: "custom",
          path: ["criteria", index, "comparator"],
          message: "No comparator has this id.",
        });
      }
    }
  });

const policySchema = z.strictObject({
  id: shortId,
  title: name(200),
  short: name(40).optional(),
  description: longText(4000).default(""),
  aim: longText(300).optional(),
  aimCriterion: shortId.optional(),
  noteToReviewers: longText(2000).optional(),
});

export const policiesSchema = z
  .array(policySchema)
  .min(1, "Add a policy.")
  .max(200)
  .superRefine((policies, context) => refuseDuplicates(policies, null, context));

const readingCellSchema = z.strictObject({
  policyId: shortId,
  criterionId: shortId,
  paraphrase: longText(1000),
  quote: longText(300).optional(),
  quoteSource: name(200).optional(),
  placement: z.enum(["authors", "concord"]),
});

/** What the authors of a template wrote about its cells: text, never a score, sealed from a drafting reviewer. */
export const referenceReadingSchema = z.strictObject({
  title: name(200),
  notice: longText(1000),
  sourceUrl: webAddress.optional(),
  cells: z.array(readingCellSchema).max(8000),
  outsideTheCriteria: z.array(z.strictObject({ policyId: shortId, paraphrase: longText(1000) })).optional(),
  overall: z
    .array(
      z.strictObject({
        paraphrase: longText(1000),
        quote: longText(300).optional(),
        quoteSource: name(200).optional(),
      }),
    )
    .optional(),
});

export type Rubric = z.infer<typeof rubricSchema>;
export type Perspective = Rubric["perspectives"][number];
export type Criterion = Rubric["criteria"][number];
export type Policy = z.infer<typeof policySchema>;
export type ReferenceReading = z.infer<typeof referenceReadingSchema>;

/** One rubric version as a panel keeps it: what is judged, by what, and the sealed reading of its authors. */
export interface RubricVersion {
  readonly version: number;
  readonly rubric: Rubric;
  readonly policies: readonly Policy[];
  readonly referenceReading: ReferenceReading | null;
}

export interface CellId {
  readonly policyId: string;
  readonly criterionId: string;
}

/** The address of a cell inside a panel, as shown to people and used in links: `P1-G1`. */
export function cellKey(cell: CellId): string {
  return `${cell.policyId}-${cell.criterionId}`;
}

/** All cells in rubric order: policy by policy, and inside a policy criterion by criterion. */
export function cellsOf(rubric: Rubric, policies: readonly Policy[]): CellId[] {
  return policies.flatMap((policy) =>
    rubric.criteria.map((criterion) => ({ policyId: policy.id, criterionId: criterion.id })),
  );
}

export function labelOf(thing: { short?: string | undefined; name?: string; title?: string }): string {
  return thing.short ?? thing.name ?? thing.title ?? "";
}

function refuseDuplicates(things: readonly { id: string }[], field: string | null, context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const [index, { id }] of things.entries()) {
    if (seen.has(id)) {
      const path = field === null ? [index, "id"] : [field, index, "id"];
      context.addIssue({ code: "custom", path, message: `The id ${id} is used twice.` });
    }
    seen.add(id);
  }
}
