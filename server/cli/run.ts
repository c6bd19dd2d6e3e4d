import { Command, CommanderError } from "commander";
import { addBackup } from "./backup.ts";
import { addBench } from "./bench/bench.ts";
import { addDemo } from "./demo.ts";
import { addDoctor } from "./doctor.ts";
import { addExport } from "./export.ts";
import { addImport } from "./import.ts";
import { addMeasure } from "./measure.ts";
import { addMigrate } from "./migrate.ts";
import { addOpenapi } from "./openapi.ts";
import { addRebuild } from "./rebuild.ts";
import { addRestore } from "./restore.ts";
import { CheckedFalse, type Shell, sentenceOf } from "./shell.ts";
import { addVerify } from "./verify.ts";

/** Does one command. Answers 0: done; 1: checked and found false; 2: bad input or usage, or something needed is missing. */
export async function run(words: readonly string[], shell: Shell): Promise<0 | 1 | 2> {
  try {
    await commandLine(shell).parseAsync(words, { from: "user" });
    return 0;
  } catch (error) {
    // Commander has told its own errors already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    shell.err(`${sentenceOf(error)}\n`);
    return error instanceof CheckedFalse ? 1 : 2;
  }
}

function commandLine(shell: Shell): Command {
  const concord = new Command("concord");
  concord
    .description("Exit codes: 0 done, 1 checked and found false, 2 bad input or usage.")
    .exitOverride()
    .helpCommand(false)
    .configureOutput({ writeOut: shell.out, writeErr: shell.err });
  const commands = [
    addMeasure,
    addVerify,
    addExport,
    addImport,
    addRebuild,
    addBackup,
    addRestore,
    addMigrate,
    addDoctor,
    addOpenapi,
    addDemo,
    addBench,
  ];
  for (const add of commands) add(concord, shell);
  return concord;
}
