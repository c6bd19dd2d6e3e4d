import { expect, test } from "vitest";
import { z } from "zod";
import { settings } from "#server/config.ts";

/** `npx vitest --config tests/vitest.config.ts -u` writes the file anew. */
test(".env.example lists every setting with its meaning and default", async () => {
  const { properties = {} } = z.toJSONSchema(settings, { io: "input", unrepresentable: "any" });
  const entries = Object.entries(properties).map(([name, schema]) => {
    const { description, default: value } = z
      .object({ description: z.string(), default: z.unknown() })
      .partial({ default: true })
      .parse(schema);
    const text = String(value ?? "");
    return `# ${description}\n#${name}=${/[\s<>]/.test(text) ? `"${text}"` : text}\n`;
  });
  await expect(`${head}\n${entries.join("\n")}`).toMatchFileSnapshot("../../.env.example");
});

const head = `# Settings of Concord, each with its default. They are read from the environment: copy this file to .env, remove
# the # before what you set, and start with: set -a; . ./.env; set +a; npm start
`;
