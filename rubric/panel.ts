import { z } from "zod";
import { protocolInput } from "./protocol.ts";
import { policiesSchema } from "./rubric.ts";
import { rubricInput } from "./templates/own-rubric.ts";
import { longText, name, shortId } from "./text.ts";

const question = longText(1000).refine((text) => text.trim() !== "", "Write the question the panel answers.");

/** What a panel starts from: a template by its id, or an own rubric with policies; and the protocol. */
export const panelInput = z
  .strictObject({
    title: name(200),
    question,
    template: shortId.optional(),
    rubric: rubricInput.optional(),
    policies: policiesSchema.optional(),
    protocol: protocolInput.default("staff-team"),
    facilitatorScores: z.boolean().default(false),
  })
  .superRefine((input, context) => {
    if ((input.template === undefined) === (input.rubric === undefined)) {
      context.addIssue({
        code: "custom",
        path: ["template"],
        message: "Choose a template, or give a rubric of your own.",
      });
    }
    if (input.template !== undefined && input.policies !== undefined) {
      context.addIssue({ code: "custom", path: ["policies"], message: "The template brings its policies." });
    }
    if (input.rubric !== undefined && input.policies === undefined && input.rubric.policies === undefined) {
      context.addIssue({ code: "custom", path: ["policies"], message: "Add a policy." });
    }
  });

export type PanelInput = z.infer<typeof panelInput>;

/** What may change in a set-up before round 1 opens; what is left out stays. */
export const setUpInput = z.strictObject({
  title: name(200).optional(),
  question: question.optional(),
  rubric: rubricInput.optional(),
  policies: policiesSchema.optional(),
  protocol: protocolInput.optional(),
});
