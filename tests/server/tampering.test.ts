import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkpointsOf } from "#rubric/checkpoint.ts";
import { headOf, leafOf } from "#server/audit.ts";
import { hashOf } from "#server/hash.ts";
import { verifyBundle } from "#server/reports/verify-bundle.ts";
import { verify } from "#server/verifier/verify.mjs";
import { aHeldPanel, bundleFor, type HeldPanel, type Json, modes, moveTo } from "#tests/support/held-panels.ts";
import { move } from "#tests/support/panels.ts";
import { startServer, type TestServer } from "#tests/support/server.ts";

/** Everything here is drawn from these; a failing edit is found again by its number. */
const seed = 20261123;
const editsOfEach = 50;

interface Record_ {
  readonly panel: HeldPanel;
  readonly bundle: Json;
  readonly checkpoint: string;
}

let server: TestServer;
const records = new Map<string, Record_>();

beforeAll(async () => {
  server = await startServer();
  for (const one of modes) {
    for (const phase of ["discussion", "closed"] as const) {
      const panel = await aHeldPanel(server, one);
      await moveTo(panel, phase);
      const bundle = await bundleFor(panel, panel.reviewers[1]!);
      records.set(`${one.mode}, ${phase}`, { panel, bundle, checkpoint: bundle.checkpoints.at(-1).text });
    }
  }
});
afterAll(() => server.stop());

/** What the command line and the file's own verifier say first, each in its words. */
function faults(bundle: Json, held: { checkpoint?: string; receipt?: Json } = {}): [string | null, string | null] {
  const ours = verifyBundle(bundle, held).find(({ outcome }) => outcome === "differs");
  const theirs = verify(bundle, held).find(([, fault]) => fault !== null);
  return [ours?.name ?? null, theirs?.[0] ?? null];
}

/** Chance that can be repeated. */
function dice(start: number): (sides: number) => number {
  let state = start >>> 0;
  return (sides) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % sides;
  };
}

type Dice = ReturnType<typeof dice>;

function pick<Item>(items: readonly Item[], roll: Dice): Item {
  return items[roll(items.length)] as Item;
}

function flipped(text: string, roll: Dice): string {
  const at = roll(text.length);
  const sign = text[at] === "a" ? "b" : "a";
  return `${text.slice(0, at)}${sign}${text.slice(at + 1)}`;
}

/** Edits of one file; each may leave everything else as inconsistent as it likes. */
const edits: Record<string, (bundle: Json, roll: Dice) => void> = {
  "a line flipped": ({ audit }, roll) => {
    const entry = pick<Json>(audit.entries, roll);
    entry.line = flipped(entry.line, roll);
  },
  "a line deleted": ({ audit }, roll) => audit.entries.splice(roll(audit.entries.length), 1),
  "a line inserted": ({ audit }, roll) =>
    audit.entries.splice(roll(audit.entries.length + 1), 0, structuredClone(pick<Json>(audit.entries, roll))),
  "two lines swapped": ({ audit }, roll) => {
    const at = roll(audit.entries.length - 1);
    const [left, right] = audit.entries.slice(at, at + 2);
    [left.line, right.line] = [right.line, left.line];
  },
  "a link flipped": ({ audit }, roll) => {
    const [list, key] = pick(
      [
        [audit.entries, "leaf"],
        [audit.batches, "head"],
      ] as const,
      roll,
    );
    const one = pick<Json>(list, roll);
    one[key] = flipped(one[key], roll);
  },
  "a link moved": ({ audit }, roll) => {
    const [list, key] = pick(
      [
        [audit.entries, "seq"],
        [audit.entries, "batch"],
        [audit.batches, "batch"],
        [audit.batches, "count"],
      ] as const,
      roll,
    );
    pick<Json>(list, roll)[key] += 1 + roll(3);
  },
  "the tail cut": ({ audit }, roll) => {
    audit.batches.length -= 1 + roll(audit.batches.length - 1);
    audit.entries = audit.entries.filter(({ batch }: Json) => batch <= audit.batches.length);
  },
  "an answer changed": (bundle, roll) => {
    const answers = bundle.scores.length > 0 ? bundle.scores : bundle.histograms;
    const leaf = pick(leavesOf(pick<Json>(answers, roll)), roll);
    leaf.set(other(leaf.get()));
  },
  "an answer deleted": (bundle, roll) => {
    const list = bundle.scores.length > 0 ? bundle.scores : bundle.histograms;
    list.splice(roll(list.length), 1);
  },
  "an answer inserted": (bundle, roll) => {
    const list = bundle.scores.length > 0 ? bundle.scores : bundle.histograms;
    list.splice(roll(list.length), 0, structuredClone(pick(list, roll)));
  },
  "two answers swapped": (bundle, roll) => {
    const list = bundle.scores.length > 0 ? bundle.scores : bundle.histograms;
    const at = roll(list.length - 1);
    [list[at], list[at + 1]] = [list[at + 1], list[at]];
  },
  "a key or checkpoint changed": (bundle, roll) => {
    const lists = [bundle.openings, bundle.cellKeys, bundle.checkpoints].filter((list) => list.length > 0);
    const leaf = pick(leavesOf(pick(pick<Json>(lists, roll), roll)), roll);
    leaf.set(other(leaf.get()));
  },
  "a figure changed": (bundle, roll) => {
    const { input, output, ...head } = bundle.snapshots[0] ?? { input: bundle.rounds, output: bundle.members };
    const leaf = pick(
      leavesOf(
        pick(
          [input, output, head].filter((part) => leavesOf(part).length > 0),
          roll,
        ),
      ),
      roll,
    );
    if (bundle.snapshots[0] === undefined || leaf.owner !== head) leaf.set(other(leaf.get()));
    else bundle.snapshots[0][leaf.key] = other(leaf.get());
  },
};

interface Leaf {
  readonly owner: Json;
  readonly key: string;
  get(): Json;
  set(value: Json): void;
}

function leavesOf(value: Json): Leaf[] {
  if (value === null || typeof value !== "object") return [];
  return Object.keys(value).flatMap((key) => {
    const set = (next: Json) => {
      value[key] = next;
    };
    const inner = value[key];
    return inner !== null && typeof inner === "object"
      ? leavesOf(inner)
      : [{ owner: value, key, get: () => value[key], set }];
  });
}

function other(leaf: Json): Json {
  if (typeof leaf === "number") return leaf + 1;
  if (typeof leaf === "boolean") return !leaf;
  if (leaf === null) return 1;
  return /^[0-9a-f]{64}$/.test(leaf) ? hashOf(leaf) : `${leaf}x`;
}

/** What whoever has the whole file in hand can make anew: every hash that no secret and no witness stands behind. */
function reforged(bundle: Json): Json {
  const { audit } = bundle;
  const entries: Json[] = [];
  let head = "";
  const batches = audit.batches.flatMap(({ batch }: Json) => {
    const own = audit.entries.filter((entry: Json) => entry.batch === batch);
    if (own.length === 0) return [];
    const number = entries.length === 0 ? 1 : entries.at(-1).batch + 1;
    const linked = own.map(({ line }: Json, index: number) => ({
      seq: entries.length + index + 1,
      line,
      leaf: leafOf(line),
      batch: number,
    }));
    entries.push(...linked);
    head = headOf(
      head,
      linked.map(({ leaf }: Json) => leaf),
    );
    return [{ batch: number, count: linked.length, head }];
  });
  const forged = { ...bundle, audit: { entries, batches } };
  return resealed({ ...forged, checkpoints: checkpointsOf(bundle.panel.panelId, forged.audit) });
}

function resealed({ contentHash: _old, ...content }: Json): Json {
  return { ...content, contentHash: hashOf(content) };
}

const names = modes.flatMap(({ mode }) => [`${mode}, discussion`, `${mode}, closed`]);

test("a held head stays true while the panel goes on", async () => {
  const { panel, checkpoint } = records.get("named, closed") as Record_;
  await move(panel, "next-round");
  const later = await bundleFor(panel, panel.facilitator);
  expect(faults(later, { checkpoint })).toEqual([null, null]);
  expect(later.checkpoints.map(({ act }: Json) => act)).toEqual([
    "round-opened",
    "round-revealed",
    "round-closed",
    "round-opened",
  ]);
});

describe.each(names)("a file of a %s panel", (name) => {
  const record = () => {
    const found = records.get(name);
    if (!found) throw new Error(name);
    return found;
  };

  test("holds against the checkpoint and every receipt that was kept", () => {
    const { bundle, checkpoint, panel } = record();
    expect(faults(bundle, { checkpoint })).toEqual([null, null]);
    for (const receipt of panel.receipts) expect(faults(bundle, { checkpoint, receipt })).toEqual([null, null]);
    for (const { text } of bundle.checkpoints) expect(faults(bundle, { checkpoint: text })).toEqual([null, null]);
  });

  test(`${editsOfEach} edits are each found, the content hash made anew`, { timeout: 120_000 }, () => {
    const { bundle, checkpoint } = record();
    const roll = dice(seed + names.indexOf(name));
    const missed: unknown[] = [];
    for (let number = 0; number < editsOfEach; ) {
      const [what, edit] = pick(Object.entries(edits), roll);
      const copy = structuredClone(bundle);
      edit(copy, roll);
      if (hashOf(copy) === hashOf(bundle)) continue;
      number += 1;
      const found = faults(resealed(copy), { checkpoint });
      if (found.includes(null)) missed.push([number, what, found]);
    }
    expect(missed).toEqual([]);
  });

  test(`${editsOfEach} edits of the chain are found though it was chained anew, since somebody kept its head`, () => {
    const { bundle, checkpoint } = record();
    const roll = dice(seed * 3 + names.indexOf(name));
    const missed: unknown[] = [];
    const ofChain = Object.entries(edits).filter(([what]) => /line|tail/.test(what));
    for (let number = 0; number < editsOfEach; ) {
      const [what, edit] = pick(ofChain, roll);
      const copy = structuredClone(bundle);
      edit(copy, roll);
      const forged = reforged(copy);
      if (hashOf(forged.audit) === hashOf(bundle.audit)) continue;
      number += 1;
      expect(forged.audit.entries.length === 0 || faults(forged)[0] !== "audit chain", what).toBe(true);
      const found = faults(forged, { checkpoint });
      if (found.includes(null)) missed.push([number, what, found]);
    }
    expect(missed).toEqual([]);
  });

  test("an altered receipt is refused, whatever was altered in it", () => {
    const { bundle, panel } = record();
    const [receipt] = panel.receipts;
    const missed = leavesOf(receipt).flatMap((_leaf, index) => {
      const copy = structuredClone(receipt);
      const leaf = leavesOf(copy)[index] as Leaf;
      leaf.set(other(leaf.get()));
      return faults(bundle, { receipt: copy }).includes(null) ? [leaf.key] : [];
    });
    expect(missed).toEqual([]);
    const { commitments } = receipt;
    const lists = [commitments.slice(1), [...commitments].reverse(), [commitments[0], commitments[0]], []];
    for (const list of lists)
      expect(faults(bundle, { receipt: { ...receipt, commitments: list } })).not.toContain(null);
  });

  test("a receipt of another panel, or of another person's submission, is refused", () => {
    const { bundle, panel } = record();
    const foreign = [...records.values()].find((one) => one.panel.panelId !== panel.panelId)?.panel.receipts[0];
    expect(faults(bundle, { receipt: foreign })).toEqual(["receipt", "held receipt"]);
    const [mine, hers] = panel.receipts;
    expect(faults(bundle, { receipt: { ...hers, memberId: mine.memberId } })).toEqual(["receipt", "held receipt"]);
  });
});

describe("files of earlier releases", () => {
  test.each(["named", "pseudonymous", "anonymous"])("hold for ever: a %s panel's", (mode) => {
    const path = join(import.meta.dirname, `../support/golden/bundle-1-${mode}.json`);
    const bundle = JSON.parse(readFileSync(path, "utf8"));
    expect(faults(bundle)).toEqual([null, null]);
    const renamed = structuredClone(bundle);
    renamed.members[0].name = "Somebody Else";
    expect(faults(resealed(renamed))).toEqual(["members", "members"]);
    const redated = structuredClone(bundle);
    redated.rounds[0].openedAt = "2020-01-01T00:00:00.000Z";
    expect(faults(resealed(redated))).toEqual(["times", "rounds"]);
  });
});
