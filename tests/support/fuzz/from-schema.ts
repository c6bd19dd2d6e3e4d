import fc from "fast-check";
import { z } from "zod";

type Schema = z.core.JSONSchema.JSONSchema;

/** Values that make sense under a name, whatever the schema says: ids that exist, versions that are near. */
export type Hints = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/** Values that this schema takes, most of the time. */
export function valuesOf(schema: z.ZodType, hints: Hints): fc.Arbitrary<unknown> {
  return arbitraryOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" }), hints);
}

function arbitraryOf(schema: Schema, hints: Hints): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => arbitraryOf(choice, hints)));
  if (schema.allOf?.[0]) return arbitraryOf(schema.allOf[0], hints);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case "object":
      return objects(schema, hints);
    case "array":
      return fc.array(arbitraryOf(partOf(schema.items), hints), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, (schema.minItems ?? 0) + 3),
      });
    case "integer":
      return fc.integer({ min: schema.minimum ?? -1000, max: Math.min(schema.maximum ?? 1000, 2_147_483_647) });
    case "number":
      return fc.double({ min: schema.minimum ?? -1000, max: schema.maximum ?? 1000, noNaN: true });
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "string":
      return texts(schema);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function partOf(part: NonNullable<Schema["items"]> | undefined): Schema {
  return typeof part === "object" && !Array.isArray(part) ? part : {};
}

function objects({ properties = {}, required = [] }: Schema, hints: Hints): fc.Arbitrary<unknown> {
  const entries = Object.entries(properties).map(([name, part]) => {
    const hint = hints[name];
    const own = arbitraryOf(partOf(part), hints);
    return [name, hint ? fc.oneof({ arbitrary: hint, weight: 4 }, { arbitrary: own, weight: 1 }) : own] as const;
  });
  return fc.record(Object.fromEntries(entries), { requiredKeys: [...required] });
}

function texts({ pattern, format, minLength = 0, maxLength = 200 }: Schema): fc.Arbitrary<string> {
  if (format === "email") return fc.emailAddress();
  if (format === "uri") return fc.webUrl();
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ minLength: Math.max(1, minLength), maxLength: Math.min(maxLength, 60), unit: "grapheme" });
}
