import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Bundle } from "#rubric/bundle.ts";
import { bundleSchema } from "#rubric/bundle-schema.ts";
import { importFault } from "#server/imports/fault.ts";

function golden(name: string): Bundle {
  const file = join(import.meta.dirname, "../support/golden", `${name}.json`);
  const bundle = bundleSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  // From after the reveal, as far as a fault goes by the phase.
  return { ...bundle, panel: { ...bundle.panel, phase: "closed" } };
}

const named = golden("bundle-of-method-1");
const pseudonymous = golden("bundle-1-pseudonymous");
const anonymous = golden("bundle-1-anonymous");

test("a bundle that tells everything can be imported", () => {
  expect(importFault(named)).toBeNull();
});

test("one of a round under way cannot, in whatever mode", () => {
  for (const bundle of [named, pseudonymous, anonymous])
    expect(importFault({ ...bundle, panel: { ...bundle.panel, phase: "scoring" } })).toBe(
      "A bundle taken while a round is being scored leaves out what others have written. Import one from after the reveal.",
    );
});

test("one that leaves a cell out, because whoever took it is recused, cannot", () => {
  const [first] = named.scores;
  const scores = named.scores.filter(
    ({ round, policyId, criterionId }) =>
      round !== 1 || policyId !== first?.policyId || criterionId !== first?.criterionId,
  );
  expect(importFault({ ...named, scores })).toBe(
    `This bundle leaves cell ${first?.policyId}-${first?.criterionId} of round 1 out, since whoever took it is recused from it. Import one that somebody else took, or one from after the close.`,
  );
  const [histogram, ...others] = anonymous.histograms;
  expect(importFault({ ...anonymous, histograms: others })).toBe(
    `This bundle leaves cell ${histogram?.policyId}-${histogram?.criterionId} of round ${histogram?.round} out, since whoever took it is recused from it. Import one that somebody else took, or one from after the close.`,
  );
});

test("an observer's of an anonymous panel cannot: it has no texts", () => {
  const histograms = anonymous.histograms.map((one) => ({ ...one, rationales: null }));
  expect(importFault({ ...anonymous, histograms })).toBe(
    "An observer's bundle of an anonymous panel leaves the texts out. Import one that a facilitator or a reviewer took.",
  );
});

test("one of a pseudonymous panel cannot where codes, or cells, have nobody to belong to", () => {
  const members = pseudonymous.members.map(({ code: _code, ...member }) => member);
  expect(importFault({ ...pseudonymous, members })).toBe(
    "This bundle of a pseudonymous panel does not tell whose code is whose. Import one that a facilitator took.",
  );
  const scores = pseudonymous.scores.map((score, place) => ({ ...score, code: `Reviewer ${7 + place}` }));
  expect(importFault({ ...pseudonymous, scores })).toBe(
    "More than one reviewer of this pseudonymous panel has left, and the bundle does not tell which code was whose, so it cannot be imported.",
  );
  expect(importFault({ ...pseudonymous, scores: [], snapshots: [] })).toMatch(
    /^This bundle tells nothing of cell \S+ in round 1: too few scored it/,
  );
});
