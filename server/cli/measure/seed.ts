import { z } from "zod";
import { hashOf } from "#server/hash.ts";

/** Adds the seed of a case's chance: the SHA-256 of its input's canonical JSON, whatever else stands in it. */
export function withSeed<Input extends object>(schema: z.ZodType<Input>) {
  return schema.and(z.unknown().transform((input) => ({ seed: hashOf(input) })));
}
