// Behind `npm test`: every check, one after the other, and one line of counts at the end. For development a few of them:
// `npm test -- types build unit`.
import { install, requireNode } from "../server/set-up.mjs";

requireNode();
await install();
const { parts } = await import("./run-parts.mjs");

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !parts.some((part) => part.name === name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}; there are ${parts.map((part) => part.name).join(", ")}.`);
  process.exit(2);
}
const chosen = wanted.length === 0 ? parts : parts.filter((part) => wanted.includes(part.name));

const total = { passed: 0, failed: 0, skipped: 0 };
for (const part of chosen) {
  console.log(`\n=== ${part.title}`);
  const began = performance.now();
  const counts = await part.run();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`=== ${part.title}: ${inWords(counts)} (${seconds} s)`);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
console.log(`\n${inWords(total)}`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** @param {import("./run-parts.mjs").Counts} counts */
function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
