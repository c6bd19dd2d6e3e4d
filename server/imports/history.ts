import { z } from "zod";
import type { Bundle } from "#rubric/bundle.ts";
import { type Role, roleSchema } from "#rubric/member.ts";

const line = z.discriminatedUnion("act", [
  z.object({
    act: z.literal("member-joined"),
    at: z.string(),
    memberId: z.string(),
    name: z.string(),
    role: roleSchema,
    scores: z.boolean(),
    group: z.string().nullable().default(null),
  }),
  z.object({ act: z.literal("member-left"), at: z.string(), memberId: z.string() }),
  z.object({ act: z.literal("panel-created"), at: z.string() }),
]);

export interface Joined {
  readonly memberId: string;
  readonly name: string;
  readonly role: Role;
  readonly scores: boolean;
  readonly group: string | null;
  readonly joinedAt: string;
  readonly leftAt: string | null;
}

/** Who came and went, as the audit lines of a bundle tell it. */
export interface History {
  readonly createdAt: string;
  readonly people: ReadonlyMap<string, Joined>;
}

export function historyOf({ audit, exportedAt }: Pick<Bundle, "audit" | "exportedAt">): History {
  const lines = audit.entries.flatMap((entry) => line.safeParse(readJson(entry.line)).data ?? []);
  const people = new Map<string, Joined>();
  for (const one of lines) {
    if (one.act === "member-joined") people.set(one.memberId, joinedBy(one));
    const known = one.act === "member-left" ? people.get(one.memberId) : undefined;
    if (known) people.set(known.memberId, { ...known, leftAt: one.at });
  }
  return { createdAt: lines.find(({ act }) => act === "panel-created")?.at ?? exportedAt, people };
}

function joinedBy({
  memberId,
  name,
  role,
  scores,
  group,
  at,
}: Extract<z.infer<typeof line>, { act: "member-joined" }>): Joined {
  return { memberId, name, role, scores, group, joinedAt: at, leftAt: null };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
