import { z } from "zod";
import type { Preset } from "#rubric/protocol.ts";
import { type Policy, policiesSchema, type Rubric, referenceReadingSchema, rubricSchema } from "#rubric/rubric.ts";
import { type Scale, scaleSchema } from "#rubric/scale.ts";
import { name, shortId } from "#rubric/text.ts";
import { refuseUnknownScale, refuseUnsoundRubric, type StartingSet, scaleFor } from "./template.ts";

const { scale: _ofOnePanel, ...rubricShape } = rubricSchema.shape;

/**
 * A rubric as its author writes it, in the words of `concord-template/1`: on one `scale`, or on several `scales` of which
 * the preset takes one. A criterion needs an id, a name and a perspective; a perspective that is only named by its
 * criteria is titled by its id. A whole template file is accepted too.
 */
export const rubricInput = z
  .strictObject({
    ...rubricShape,
    title: rubricShape.title.optional(),
    perspectives: rubricShape.perspectives.optional(),
    scale: scaleSchema.optional(),
    scales: z.array(scaleSchema).min(1, "Add a scale.").max(10).optional(),
    defaultScale: name(40).optional(),
    policies: policiesSchema.optional(),
    referenceReading: referenceReadingSchema.optional(),
    format: z.literal("concord-template/1").optional(),
    id: shortId.optional(),
    version: z.union([name(40), z.int().min(0)]).optional(),
  })
  .superRefine((input, context) => {
    if (input.scale && input.scales) {
      context.addIssue({ code: "custom", path: ["scales"], message: "Give one scale or several scales, not both." });
    }
    refuseUnknownScale({ scales: scalesOf(input), defaultScale: input.defaultScale }, context);
    refuseUnsoundRubric(rubricFrom(input, { title: "Rubric", preset: "staff-team" }), context);
  });

export type RubricInput = z.infer<typeof rubricInput>;

/** What a panel with its author's own rubric starts from. */
export function ownRubric(
  input: { readonly title: string; readonly rubric: RubricInput; readonly policies: Policy[] },
  preset: Preset,
): StartingSet {
  return {
    rubric: rubricFrom(input.rubric, { title: input.title, preset }),
    policies: input.policies,
    referenceReading: input.rubric.referenceReading ?? null,
  };
}

function rubricFrom(input: RubricInput, fallback: { title: string; preset: Preset }): Rubric {
  const { title, summary, source, notices, comparators, criteria, otherConsiderationsPrompt } = input;
  return {
    title: title ?? fallback.title,
    ...(summary === undefined ? {} : { summary }),
    ...(source === undefined ? {} : { source }),
    notices,
    perspectives: input.perspectives ?? perspectivesNamedBy(criteria),
    comparators,
    scale: scaleFor({ scales: scalesOf(input), defaultScale: input.defaultScale }, fallback.preset),
    criteria,
    ...(otherConsiderationsPrompt === undefined ? {} : { otherConsiderationsPrompt }),
  };
}

function scalesOf({ scale, scales }: RubricInput): Scale[] {
  return scale ? [scale] : (scales ?? []);
}

function perspectivesNamedBy(criteria: RubricInput["criteria"]): Rubric["perspectives"] {
  return [...new Set(criteria.map((criterion) => criterion.perspective))].map((id) => ({ id, title: id }));
}
