import { z } from "zod";
import { shortId } from "#rubric/text.ts";

const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** What the parts of an address look like. Anything else names nothing that exists. */
export const parameterSchemas: Readonly<Record<string, z.ZodString>> = {
  panelId: uuid,
  memberId: uuid,
  invitationId: uuid,
  tokenId: uuid,
  policyId: shortId,
  criterionId: shortId,
  version: z.string().regex(/^[1-9][0-9]{0,8}$/),
  invitationToken: z.string().regex(/^[A-Za-z0-9_-]{1,200}$/),
};

export function parameterNames(path: string): string[] {
  return path
    .split("/")
    .filter((segment) => segment.startsWith(":"))
    .map((segment) => segment.slice(1));
}
