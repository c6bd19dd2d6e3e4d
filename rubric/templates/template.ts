import { z } from "zod";
import type { Preset } from "#rubric/protocol.ts";
import { presets } from "#rubric/protocol.ts";
import {
  type Policy,
  policiesSchema,
  type ReferenceReading,
  type Rubric,
  referenceReadingSchema,
  rubricSchema,
} from "#rubric/rubric.ts";
import { type Scale, scaleSchema } from "#rubric/scale.ts";
import { shortId } from "#rubric/text.ts";

const { scale: _ofOnePanel, ...rubricShape } = rubricSchema.shape;

/** `concord-template/1`: a rubric with its policies, ready to start a panel from, on one of several scales. */
export const templateSchema = z
  .strictObject({
    format: z.literal("concord-template/1"),
    id: shortId,
    version: z.string().min(1).max(40),
    ...rubricShape,
    scales: z.array(scaleSchema).min(1, "Add a scale."),
    defaultScale: z.string(),
    policies: policiesSchema,
    referenceReading: referenceReadingSchema.optional(),
  })
  .superRefine((template, context) => {
    refuseUnknownScale(template, context);
    for (const scale of template.scales.slice(0, 1)) refuseUnsoundRubric({ ...rubricPartOf(template), scale }, context);
  });

export type Template = z.infer<typeof templateSchema>;

/** What a panel starts from: one rubric on one scale, its policies, and what the template's authors wrote about them. */
export interface StartingSet {
  readonly rubric: Rubric;
  readonly policies: Policy[];
  readonly referenceReading: ReferenceReading | null;
}

/** A template on the scale its preset scores on, or else on the template's own default. */
export function startFrom(template: Template, preset: Preset): StartingSet {
  return {
    rubric: { ...rubricPartOf(template), scale: scaleFor(template, preset) },
    policies: template.policies,
    referenceReading: template.referenceReading ?? null,
  };
}

interface Scales {
  readonly scales: readonly Scale[];
  readonly defaultScale?: string | undefined;
}

/** The scale with the preset's levels, else the one named as default, else the first, else the bare levels. */
export function scaleFor({ scales, defaultScale }: Scales, preset: Preset): Scale {
  const { min, max } = presets[preset].scale;
  const fitting = scales.find((scale) => scale.min === min && scale.max === max);
  return (
    fitting ??
    scales.find(({ id }) => id !== undefined && id === defaultScale) ??
    scales[0] ?? { min, max, step: 1, anchors: [] }
  );
}

export function refuseUnknownScale({ scales, defaultScale }: Scales, context: z.RefinementCtx): void {
  if (defaultScale === undefined || scales.some(({ id }) => id === defaultScale)) return;
  context.addIssue({ code: "custom", path: ["defaultScale"], message: "No scale has this id." });
}

/** The rules that hold between the parts of a rubric, such as a criterion's perspective being one of its perspectives. */
export function refuseUnsoundRubric(rubric: z.input<typeof rubricSchema>, context: z.RefinementCtx): void {
  // A part that is itself at fault has been named already.
  if (context.issues.length > 0) return;
  const result = rubricSchema.safeParse(rubric);
  for (const issue of result.error?.issues ?? []) {
    context.addIssue({ code: "custom", path: [...issue.path], message: issue.message });
  }
}

/** Field by field, so that what a template has beyond a rubric never enters one (nor its hash). */
function rubricPartOf(template: Omit<Rubric, "scale">): Omit<Rubric, "scale"> {
  const { title, summary, source, notices, perspectives, comparators, criteria, otherConsiderationsPrompt } = template;
  return {
    title,
    ...(summary === undefined ? {} : { summary }),
    ...(source === undefined ? {} : { source }),
    notices,
    perspectives,
    comparators,
    criteria,
    ...(otherConsiderationsPrompt === undefined ? {} : { otherConsiderationsPrompt }),
  };
}
