import { z } from "zod";
import { moves } from "#rubric/checkpoint.ts";
import { protocolSchema } from "#rubric/protocol.ts";
import { policiesSchema, rubricSchema } from "#rubric/rubric.ts";
import { cellId, hash, id, phase, progress, role, roundNumber, time } from "./common.ts";

const member = z.strictObject({
  memberId: id,
  name: z.string(),
  role,
  group: z.string().nullable(),
  email: z.string().optional(),
  code: z.string().optional(),
});

const round = z.strictObject({
  round: roundNumber,
  rubricVersion: z.int(),
  openedAt: time,
  revealedAt: time.nullable(),
  closedAt: time.nullable(),
});

const versionedRubric = rubricSchema.safeExtend({ version: z.int() });

export const panelAnswer = z
  .strictObject({
    panelId: id,
    title: z.string(),
    question: z.string(),
    synthetic: z.boolean(),
    role,
    scores: z.boolean(),
    memberId: id,
    version: z.int(),
    round: roundNumber.nullable(),
    phase,
    scope: z.array(z.strictObject(cellId)),
    progress,
    rubric: versionedRubric,
    policies: policiesSchema,
    protocol: protocolSchema,
    members: z.array(member),
    rounds: z.array(round),
  })
  .meta({ id: "Panel" });

export const panelListAnswer = z.strictObject({
  panels: z.array(
    z.strictObject({
      panelId: id,
      title: z.string(),
      question: z.string(),
      synthetic: z.boolean(),
      role,
      version: z.int(),
      round: roundNumber.nullable(),
      phase,
      progress,
      own: z
        .strictObject({ state: z.enum(["drafting", "submitted", "absent"]), complete: z.int(), cells: z.int() })
        .nullable(),
    }),
  ),
});

export const panelCreatedAnswer = z.strictObject({ panelId: id });

export const versionAnswer = z.strictObject({ version: z.int() });

export const rosterAnswer = z.strictObject({
  round: roundNumber.nullable(),
  entries: z.array(
    z.strictObject({
      memberId: id,
      name: z.string(),
      state: z.enum(["not-started", "drafting", "submitted", "absent"]),
      submittedAt: time.nullable(),
      complete: z.int().nullable(),
      cells: z.int(),
    }),
  ),
});

export const auditAnswer = z.strictObject({
  entries: z.array(z.strictObject({ seq: z.int(), line: z.string(), leaf: hash, batch: z.int() })),
  batches: z.array(z.strictObject({ batch: z.int(), count: z.int(), head: hash })),
  checkpoints: z.array(
    z.strictObject({ act: z.enum(moves).nullable(), round: roundNumber.nullable(), at: time, text: z.string() }),
  ),
});
