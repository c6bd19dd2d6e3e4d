import type { Fault } from "../fault.ts";

/** Who is let in, and where somebody else's things could come from. */
export const accessFaults: readonly Fault[] = [
  {
    name: "a room is joined before the check",
    file: "server/realtime/rooms.ts",
    find: "    const member = await requireMember(app, identity.user, panelId);",
    replace:
      "    await enterRoom(socket, panelId);\n    const member = await requireMember(app, identity.user, panelId);",
    tests: ["tests/server/realtime.test.ts"],
  },
  {
    name: "a room is kept after removal",
    file: "server/realtime/access.ts",
    find: "for (const panelId of gone) await sendAway(socket, panelId);",
    replace: 'for (const panelId of gone) socket.emit("panel:gone", { panelId });',
    tests: ["tests/server/realtime.test.ts"],
  },
  {
    name: "access is checked only when somebody announces it",
    file: "server/realtime/access.ts",
    find: "const checkEveryMs = 1_000;",
    replace: "const checkEveryMs = 1_000_000;",
    tests: ["tests/server/realtime.test.ts"],
  },
  {
    name: "a kept answer for whoever shows the key",
    file: "db/idempotency.ts",
    find: ".where(and(eq(idempotency.userId, claim.userId), eq(idempotency.keyHash, claim.keyHash)));\n  return held",
    replace: ".where(eq(idempotency.keyHash, claim.keyHash));\n  return held",
    tests: ["tests/server/api/idempotency.test.ts"],
  },
  {
    name: "somebody who was removed is still a member",
    file: "db/members.ts",
    find: " and left_at is null\n    join app_user",
    replace: "\n    join app_user",
    tests: ["tests/server/api/access.test.ts"],
  },
  {
    name: "another panel's snapshot by its number",
    file: "db/snapshots.ts",
    find: "    .where(and(eq(snapshot.panelId, panelId), eq(snapshot.version, version)));",
    replace: "    .where(eq(snapshot.version, version));",
    tests: ["tests/server/api/other-panels.test.ts"],
  },
  {
    name: "another panel's invitation is taken back",
    file: "db/invitations.ts",
    find: "        eq(invitation.panelId, panelId),\n        eq(invitation.invitationId, invitationId),",
    replace: "        eq(invitation.invitationId, invitationId),",
    tests: ["tests/server/api/other-panels.test.ts"],
  },
  {
    name: "the invitations of every panel",
    file: "db/invitations.ts",
    find: "    .where(and(eq(invitation.panelId, panelId), isNull(invitation.acceptedAt), isNull(invitation.revokedAt)))\n    .orderBy(",
    replace: "    .where(and(isNull(invitation.acceptedAt), isNull(invitation.revokedAt)))\n    .orderBy(",
    tests: ["tests/server/api/other-panels.test.ts"],
  },
  {
    name: "a page's loader without its guard",
    file: "app/routes/board.tsx",
    find: "const member = await requireMember(context, request, params.panelId);",
    replace:
      'const seat = { panelId: params.panelId ?? "", userId: context.identity?.user.userId ?? "", name: "" };\n    const member = { ...seat, memberId: "00000000-0000-4000-8000-000000000000", role: "observer" as const, scores: false };\n    void requireMember;',
    tests: ["tests/server/matrix.test.ts"],
  },
];
