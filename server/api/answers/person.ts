import { z } from "zod";
import { policiesSchema, rubricSchema } from "#rubric/rubric.ts";
import { id, role, time } from "./common.ts";

const token = z.string().describe("Shown once; sent as `Authorization: Bearer <token>`.");

export const setUpAnswer = z.strictObject({ userId: id, token });
export const sessionAnswer = z.strictObject({ userId: id, token, expiresAt: time });

export const templatesAnswer = z.strictObject({
  templates: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      version: z.string(),
      perspectives: rubricSchema.shape.perspectives,
      criteria: rubricSchema.shape.criteria,
      policies: policiesSchema,
    }),
  ),
});

export const tokenCreatedAnswer = z.strictObject({ tokenId: id, token, expiresAt: time });

export const tokensAnswer = z.strictObject({
  tokens: z.array(z.strictObject({ tokenId: id, name: z.string(), createdAt: time, expiresAt: time })),
});

export const invitedAnswer = z.strictObject({
  invitations: z.array(z.strictObject({ email: z.string(), url: z.url(), invitationToken: z.string() })),
});

export const invitationsAnswer = z.strictObject({
  invitations: z.array(
    z.strictObject({
      invitationId: id,
      email: z.string(),
      role,
      group: z.string().nullable(),
      createdAt: time,
      expiresAt: time,
      hasExpired: z.boolean(),
    }),
  ),
});

export const acceptedAnswer = z.strictObject({ userId: id, panelId: id, memberId: id, token });
