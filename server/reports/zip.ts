import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { projectRoot } from "#db/project-root.ts";
import type { Bundle } from "#rubric/bundle.ts";
import { proofWords } from "#rubric/proof-words.ts";
import { sha256 } from "#server/hash.ts";

/** These files as one, with a guide, the verifier that needs only Node, and the SHA-256 of each. */
export function zipOf(bundle: Bundle, files: ReadonlyMap<string, string | Uint8Array>): Uint8Array {
  const all = new Map(files);
  all.set("verify.mjs", readFileSync(join(projectRoot(), "server/verifier/verify.mjs"), "utf8"));
  all.set("README.txt", guide(bundle));
  const sums = [...all].map(([name, content]) => `${sha256(content)}  ${name}\n`);
  const entries = [...all.set("SHA256SUMS", sums.join(""))].map(([name, content]) => [
    name,
    typeof content === "string" ? strToU8(content) : content,
  ]);
  return zipSync(Object.fromEntries(entries), { mtime: bundle.exportedAt });
}

function guide({ panel, synthetic, exportedAt, protocol, audit }: Bundle): string {
  const { shows, showsNot, unbound } = proofWords(protocol);
  const head = audit.batches.at(-1)?.head ?? "none";
  const lines = [
    panel.title,
    panel.question,
    ...(synthetic ? ["A demonstration: everything in it is invented."] : []),
    "",
    `Exported ${exportedAt} by Concord, as the member who asked for it may see the panel.`,
    `Newest head of the audit chain: ${head}`,
    "",
    "bundle.json   the whole record with its hashes; the other files are made from it",
    "answers.csv   the answers as a table; columns.csv says what each column means",
    "verify.mjs    checks bundle.json; needs Node 20 or newer, no network and nothing of Concord",
    "SHA256SUMS    of every other file: sha256sum -c SHA256SUMS",
    "",
    "To check the record, here or on any other machine:",
    "",
    "    node verify.mjs bundle.json",
    "    node verify.mjs bundle.json --receipt FILE --checkpoint FILE",
    "",
    "The verifier came in the same box as the record: read it, or take it from a copy of Concord that you trust, or run",
    '"concord verify", which also computes every figure anew. A checkpoint that you or a colleague wrote down earlier, and a',
    "reviewer's receipt, are worth more than anything in this box: keep them elsewhere.",
    ...section("What a check shows", shows),
    ...section("What it does not show", showsNot),
    ...section("What is in the file and bound to nothing", unbound),
  ];
  return `${lines.join("\n")}\n`;
}

function section(title: string, sentences: readonly string[]): string[] {
  return ["", title, ...sentences.flatMap((sentence) => wrapped(`- ${sentence}`))];
}

/** At most 100 characters a line, where words allow. */
function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 100) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : `  ${word}`);
  }
  return lines;
}
