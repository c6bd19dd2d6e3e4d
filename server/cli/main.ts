import { run } from "./run.ts";

// Whoever reads the answer may have seen enough, as `head` does.
process.stdout.on("error", () => process.exit());

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
