import type { Command } from "commander";
import { openapi } from "#server/api/calls.ts";
import type { Shell } from "./shell.ts";

export function addOpenapi(concord: Command, shell: Shell): void {
  concord
    .command("openapi")
    .description("print the document of the HTTP API (OpenAPI 3.1)")
    .action(() => shell.out(`${JSON.stringify(openapi(), null, 2)}\n`));
}
