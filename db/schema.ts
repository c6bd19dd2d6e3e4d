import {
  bigint,
  boolean,
  customType,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import type { Points } from "#rubric/points.ts";
import type { Protocol } from "#rubric/protocol.ts";
import type { PerspectiveConsensus } from "#rubric/reconcile.ts";
import type { Policy, ReferenceReading, Rubric } from "#rubric/rubric.ts";
import type { Rule } from "#rubric/verdict.ts";

/** The tables as migrations/ makes them (a test holds the two together). Times are ISO 8601 texts in UTC. */

const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "string" });
const bytea = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });
const panelId = () => uuid("panel_id").notNull();
const cell = {
  policyId: text("policy_id").notNull(),
  criterionId: text("criterion_id").notNull(),
};

export const installation = pgTable("installation", {
  onlyOne: boolean("only_one").primaryKey().default(true),
  setupTokenHash: text("setup_token_hash"),
  administratorId: uuid("administrator_id"),
  demonstrationPanels: integer("demonstration_panels").notNull().default(0),
  secondStep: text("second_step", { enum: ["off", "facilitators", "everyone"] })
    .notNull()
    .default("off"),
});

export const appUser = pgTable("app_user", {
  userId: uuid("user_id").primaryKey(),
  email: text("email").notNull(),
  name: text("name").notNull(),
  passwordHash: text("password_hash"),
  isAdministrator: boolean("is_administrator").notNull().default(false),
  isDemonstration: boolean("is_demonstration").notNull().default(false),
  /** Stands for somebody known from an imported record alone. */
  isPlaceholder: boolean("is_placeholder").notNull().default(false),
  createdAt: time("created_at").notNull().defaultNow(),
  disabledAt: time("disabled_at"),
});

export const session = pgTable("session", {
  sessionHash: text("session_hash").primaryKey(),
  userId: uuid("user_id").notNull(),
  createdAt: time("created_at").notNull().defaultNow(),
  expiresAt: time("expires_at").notNull(),
  /** What its owner names it by; no key. */
  sessionId: uuid("session_id").notNull().defaultRandom(),
  browser: text("browser").notNull().default(""),
  /** When it went on under another key. */
  replacedAt: time("replaced_at"),
});

export const secondFactor = pgTable("second_factor", {
  userId: uuid("user_id").primaryKey(),
  secret: bytea("secret").notNull(),
  /** The newest time step whose code was used. */
  lastStep: bigint("last_step", { mode: "number" }).notNull().default(0),
  offeredAt: time("offered_at").notNull(),
  /** `null` until the first code was typed; not in force before. */
  confirmedAt: time("confirmed_at"),
});

export const recoveryCode = pgTable(
  "recovery_code",
  { userId: uuid("user_id").notNull(), codeHash: text("code_hash").notNull() },
  (table) => [primaryKey({ columns: [table.userId, table.codeHash] })],
);

export const signInStep = pgTable("sign_in_step", {
  stepHash: text("step_hash").primaryKey(),
  userId: uuid("user_id").notNull(),
  /** For who has to set up the second step first; `null` for who owes a code. */
  offeredSecret: bytea("offered_secret"),
  expiresAt: time("expires_at").notNull(),
});

export const passwordReset = pgTable("password_reset", {
  tokenHash: text("token_hash").primaryKey(),
  userId: uuid("user_id").notNull(),
  expiresAt: time("expires_at").notNull(),
});

export const knownDevice = pgTable(
  "known_device",
  {
    userId: uuid("user_id").notNull(),
    deviceHash: text("device_hash").notNull(),
    usedAt: time("used_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.deviceHash] })],
);

export const attempt = pgTable("attempt", {
  attemptId: bigint("attempt_id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  bucket: text("bucket").notNull(),
  madeAt: time("made_at").notNull(),
});

export const personalToken = pgTable("personal_token", {
  tokenId: uuid("token_id").primaryKey(),
  userId: uuid("user_id").notNull(),
  name: text("name").notNull(),
  tokenHash: text("token_hash").notNull(),
  createdAt: time("created_at").notNull().defaultNow(),
  expiresAt: time("expires_at").notNull(),
});

export const idempotency = pgTable(
  "idempotency",
  {
    userId: uuid("user_id").notNull(),
    keyHash: text("key_hash").notNull(),
    requestHash: text("request_hash").notNull(),
    answer: bytea("answer"),
    createdAt: time("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.keyHash] })],
);

export const outboxMail = pgTable("outbox_mail", {
  mailId: uuid("mail_id").primaryKey(),
  recipient: text("recipient").notNull(),
  subject: text("subject").notNull(),
  body: text("body").notNull(),
  createdAt: time("created_at").notNull().defaultNow(),
  sentAt: time("sent_at"),
});

export const panel = pgTable("panel", {
  panelId: uuid("panel_id").primaryKey(),
  title: text("title").notNull(),
  question: text("question").notNull(),
  synthetic: boolean("synthetic").notNull().default(false),
  phase: text("phase", { enum: ["draft", "scoring", "discussion", "closed"] })
    .notNull()
    .default("draft"),
  round: integer("round"),
  protocol: jsonb("protocol").$type<Protocol>().notNull(),
  protocolHash: text("protocol_hash").notNull(),
  rubricVersion: integer("rubric_version").notNull().default(1),
  scaleMin: integer("scale_min").notNull(),
  scaleMax: integer("scale_max").notNull(),
  scaleStep: integer("scale_step").notNull(),
  /** Keys the order of unlabelled texts; never leaves the server. */
  secret: bytea("secret").notNull(),
  /** Rises with every act that all members may know of; what the live channel announces. */
  version: bigint("version", { mode: "number" }).notNull().default(1),
  /** The `version` at which set-up, round or phase last changed. */
  stateVersion: bigint("state_version", { mode: "number" }).notNull().default(1),
  createdAt: time("created_at").notNull().defaultNow(),
});

export const rubric = pgTable(
  "rubric",
  {
    panelId: panelId(),
    version: integer("version").notNull(),
    rubric: jsonb("rubric").$type<Rubric>().notNull(),
    policies: jsonb("policies").$type<Policy[]>().notNull(),
    referenceReading: jsonb("reference_reading").$type<ReferenceReading>(),
    rubricHash: text("rubric_hash").notNull(),
    createdAt: time("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.version] })],
);

export const member = pgTable(
  "member",
  {
    panelId: panelId(),
    memberId: uuid("member_id").notNull(),
    userId: uuid("user_id").notNull(),
    role: text("role", { enum: ["facilitator", "reviewer", "observer"] }).notNull(),
    scores: boolean("scores").notNull(),
    groupLabel: text("group_label"),
    code: text("code"),
    joinedAt: time("joined_at").notNull().defaultNow(),
    leftAt: time("left_at"),
    /** As an imported record has them, where the account here has others. */
    recordName: text("record_name"),
    recordEmail: text("record_email"),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.memberId] })],
);

export const invitation = pgTable(
  "invitation",
  {
    panelId: panelId(),
    invitationId: uuid("invitation_id").notNull(),
    email: text("email").notNull(),
    role: text("role", { enum: ["facilitator", "reviewer", "observer"] }).notNull(),
    scores: boolean("scores").notNull(),
    groupLabel: text("group_label"),
    invitedBy: uuid("invited_by").notNull(),
    tokenHash: text("token_hash").notNull(),
    createdAt: time("created_at").notNull().defaultNow(),
    expiresAt: time("expires_at").notNull(),
    acceptedAt: time("accepted_at"),
    revokedAt: time("revoked_at"),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.invitationId] })],
);

export const round = pgTable(
  "round",
  {
    panelId: panelId(),
    round: integer("round").notNull(),
    rubricVersion: integer("rubric_version").notNull(),
    openedAt: time("opened_at").notNull().defaultNow(),
    revealedAt: time("revealed_at"),
    closedAt: time("closed_at"),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.round] })],
);

export const review = pgTable(
  "review",
  {
    panelId: panelId(),
    round: integer("round").notNull(),
    memberId: uuid("member_id").notNull(),
    state: text("state", { enum: ["drafting", "submitted", "absent"] })
      .notNull()
      .default("drafting"),
    submittedAt: time("submitted_at"),
    reopenedReason: text("reopened_reason"),
    /** Whether this review was reopened after its author could see the board. */
    sawBoard: boolean("saw_board").notNull().default(false),
    /** How many cells were answered, where an imported record tells the number alone. */
    completeInRecord: integer("complete_in_record"),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.round, table.memberId] })],
);

/** The exact text that a reviewer was given at submission. */
export const receipt = pgTable(
  "receipt",
  {
    panelId: panelId(),
    round: integer("round").notNull(),
    memberId: uuid("member_id").notNull(),
    receipt: text("receipt").notNull(),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.round, table.memberId] })],
);

/** The keys of commitments that a reveal has opened, as a JSON list for each label. */
export const opening = pgTable(
  "opening",
  {
    panelId: panelId(),
    round: integer("round").notNull(),
    /** A member id or a code; empty for the keys of whole cells. */
    who: text("who").notNull(),
    keys: text("keys").notNull(),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.round, table.who] })],
);

export const consensus = pgTable(
  "consensus",
  {
    panelId: panelId(),
    round: integer("round").notNull(),
    ...cell,
    /** Place in rubric order. */
    position: integer("position").notNull(),
    eligible: integer("eligible").notNull().default(0),
    n: integer("n").notNull().default(0),
    cannotJudge: integer("cannot_judge").notNull().default(0),
    abstain: integer("abstain").notNull().default(0),
    recused: integer("recused").notNull().default(0),
    absent: integer("absent").notNull().default(0),
    counts: integer("counts").array().notNull().default([]),
    median: numeric("median", { mode: "number" }),
    iqr: numeric("iqr", { mode: "number" }),
    disagreement: text("disagreement", { enum: ["none", "some", "strong"] }),
    verdict: text("verdict", { enum: ["agreed", "contested", "too-few"] })
      .notNull()
      .default("too-few"),
    direction: text("direction", { enum: ["supports", "opposes", "neutral"] }),
    rule: jsonb("rule").$type<Rule>(),
    method: text("method").notNull().default(""),
    version: bigint("version", { mode: "number" }).notNull().default(0),
    computedAt: time("computed_at"),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.round, table.policyId, table.criterionId] })],
);

export const policyConsensus = pgTable(
  "policy_consensus",
  {
    panelId: panelId(),
    round: integer("round").notNull(),
    policyId: text("policy_id").notNull(),
    perspectives: jsonb("perspectives").$type<readonly PerspectiveConsensus[]>().notNull(),
    version: bigint("version", { mode: "number" }).notNull().default(1),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.round, table.policyId] })],
);

const answer = {
  value: integer("value"),
  nonScore: text("non_score", { enum: ["cannot-judge", "abstain", "recused"] }),
  rationale: text("rationale").notNull(),
  changeReason: text("change_reason", {
    enum: ["new-argument", "new-evidence", "misread", "amended-text", "compromise", "other"],
  }),
  changeNote: text("change_note"),
  version: integer("version").notNull(),
  savedAt: time("saved_at").notNull().defaultNow(),
};

export const score = pgTable(
  "score",
  {
    panelId: panelId(),
    round: integer("round").notNull(),
    memberId: uuid("member_id").notNull(),
    ...cell,
    ...answer,
    /** Whether its author could see others' scores of this cell before giving it. */
    afterSight: boolean("after_sight").notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.round, table.memberId, table.policyId, table.criterionId] })],
);

export const scoreRevision = pgTable(
  "score_revision",
  { panelId: panelId(), round: integer("round").notNull(), memberId: uuid("member_id").notNull(), ...cell, ...answer },
  (table) => [
    primaryKey({
      columns: [table.panelId, table.round, table.memberId, table.policyId, table.criterionId, table.version],
    }),
  ],
);

export const swingPoints = pgTable(
  "swing_points",
  {
    panelId: panelId(),
    round: integer("round").notNull(),
    memberId: uuid("member_id").notNull(),
    points: jsonb("points").$type<Points>().notNull(),
    version: integer("version").notNull(),
    savedAt: time("saved_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.round, table.memberId] })],
);

export const pendingCell = pgTable(
  "pending_cell",
  {
    panelId: panelId(),
    id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity(),
    round: integer("round").notNull(),
    ...cell,
    enqueuedAt: time("enqueued_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.id] })],
);

export const pendingAct = pgTable(
  "pending_act",
  {
    panelId: panelId(),
    id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity(),
    enqueuedAt: time("enqueued_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.id] })],
);

/** A cell of an imported panel of which only the number of its answers is known: too few to be shown. */
export const withheldCell = pgTable(
  "withheld_cell",
  {
    panelId: panelId(),
    round: integer("round").notNull(),
    ...cell,
    n: integer("n").notNull(),
    cannotJudge: integer("cannot_judge").notNull(),
    abstain: integer("abstain").notNull(),
    recused: integer("recused").notNull(),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.round, table.policyId, table.criterionId] })],
);

export const snapshot = pgTable(
  "snapshot",
  {
    panelId: panelId(),
    version: integer("version").notNull(),
    round: integer("round").notNull(),
    methodId: text("method_id").notNull(),
    methodVersion: text("method_version").notNull(),
    /** The exact texts that are hashed. */
    input: text("input").notNull(),
    inputHash: text("input_hash").notNull(),
    output: text("output").notNull(),
    outputHash: text("output_hash").notNull(),
    createdAt: time("created_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.version] })],
);

/** What a revealed round's snapshot will hold, and the figures about one person, which it never holds. */
export const roundFigures = pgTable(
  "round_figures",
  {
    panelId: panelId(),
    round: integer("round").notNull(),
    method: text("method").notNull(),
    /** The exact texts that are hashed. */
    input: text("input").notNull(),
    inputHash: text("input_hash").notNull(),
    output: text("output").notNull(),
    outputHash: text("output_hash").notNull(),
    secondLooks: text("second_looks").notNull(),
    preparedAt: time("prepared_at").notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.round] })],
);

export const auditEvent = pgTable(
  "audit_event",
  {
    panelId: panelId(),
    id: bigint("id", { mode: "number" }).generatedAlwaysAsIdentity(),
    line: text("line").notNull(),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.id] })],
);

export const auditBatch = pgTable(
  "audit_batch",
  {
    panelId: panelId(),
    batch: integer("batch").notNull(),
    count: integer("count").notNull(),
    head: text("head").notNull(),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.batch] })],
);

export const auditLink = pgTable(
  "audit_link",
  {
    panelId: panelId(),
    seq: bigint("seq", { mode: "number" }).notNull(),
    eventId: bigint("event_id", { mode: "number" }).notNull(),
    leaf: text("leaf").notNull(),
    batch: integer("batch").notNull(),
  },
  (table) => [primaryKey({ columns: [table.panelId, table.seq] })],
);
