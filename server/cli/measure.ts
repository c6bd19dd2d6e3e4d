import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { answer } from "./measure/answer.ts";
import { hiddenFaults } from "./measure/hidden-faults.ts";
import { listMeasures } from "./measure/list.ts";
import { firstLines } from "./measure/told-faults.ts";
import type { Shell } from "./shell.ts";

export function addMeasure(concord: Command, shell: Shell): void {
  concord
    .command("measure")
    .description("compute the measures that a file of cases asks for, as JSON; --list names them with what they take")
    .argument("[file]", "a JSON file with one case or a list of cases: {id, measure, input}")
    .option("--list", "print every measure with its fields, parameters and keys")
    .action((file, { list }) => measure(shell, file, list === true));
}

async function measure(shell: Shell, file: string | undefined, isList: boolean): Promise<void> {
  if (isList === (file !== undefined)) throw new Error("Give either a file of cases or --list.");
  const answers = file === undefined ? listMeasures() : await answersIn(shell, file);
  shell.out(`${JSON.stringify(answers)}\n`);
}

/** @throws Error with one line for each fault of the file */
async function answersIn(shell: Shell, file: string) {
  const { answers, faults, warnings } = answer(await readJson(file));
  for (const warning of warnings) shell.err(`${lineOf(file, warning)}\n`);
  refuse(file, faults);
  return answers;
}

function refuse(file: string, faults: readonly string[]): void {
  if (faults.length > 0) throw new Error(faults.map((fault) => lineOf(file, fault)).join("\n"));
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text === null) throw new Error(`${file} cannot be read.`);
  const json = text.replace(/^\uFEFF/, "");
  const value = parse(json, file);
  const hidden = hiddenFaults(json).map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  refuse(file, firstLines(hidden, hidden.length, "faults"));
  return value;
}

function parse(json: string, file: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new Error(lineOf(file, `is not JSON: ${error instanceof Error ? error.message : error}`));
  }
}

const LONGEST = 500;

/** Names come from the file: whatever they hold, one fault stays one line of bearable length and cannot steer the terminal. */
function lineOf(file: string, fault: string): string {
  const told = fault.length > LONGEST ? `${fault.slice(0, LONGEST)} ..` : fault;
  return `${file}: ${told}`.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}
