import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { fleissKappa } from "#rubric/statistics/fleiss-kappa.ts";
import { gwetAc } from "#rubric/statistics/gwet-ac.ts";
import { talliesOf } from "#rubric/statistics/tallies.ts";
import { expectSound, rows } from "./panels.ts";

/** Fleiss (1971), table 1: 30 patients, how many of six psychiatrists chose each of five diagnoses. */
const DIAGNOSES = rows(
  ...["00060", "03003", "01401", "00006", "03030", "20400", "00402", "20310", "20040", "00006"],
  ...["10050", "11040", "03300", "10050", "02031", "00501", "30012", "51000", "02040", "10203"],
  ...["00006", "01050", "02013", "20040", "10041", "05010", "40002", "02040", "10500", "00006"],
).map((row) => row.map(Number));

describe("Fleiss (1971)", () => {
  test("thirty patients: mean agreement .556, by chance .220, kappa .430", () => {
    const { values, reasons } = fleissKappa(DIAGNOSES);
    expect(values.Pbar).toBeCloseTo(0.556, 3);
    expect(values.Pe).toBeCloseTo(0.22, 3);
    expect(values.kappa).toBeCloseTo(0.43, 3);
    expect(reasons).toEqual({});
  });

  test("the error without agreement beyond chance, by its definition", () => {
    const { values } = fleissKappa(DIAGNOSES);
    const shares = [26, 26, 30, 55, 43].map((count) => count / 180);
    const spread = shares.reduce((sum, p) => sum + p * (1 - p), 0);
    const skew = shares.reduce((sum, p) => sum + p * (1 - p) * (1 - 2 * p), 0);
    expect(values.se0).toBeCloseTo(
      (Math.sqrt(2) / (spread * Math.sqrt(30 * 6 * 5))) * Math.sqrt(spread ** 2 - skew),
      12,
    );
    expect(values.z).toBeCloseTo(values.kappa! / values.se0!, 12);
  });
});

test("by hand: three items, two scores each", () => {
  const { values } = fleissKappa(rows("20", "02", "11").map((row) => row.map(Number)));
  expect(values.Pbar).toBeCloseTo(2 / 3, 12);
  expect(values.Pe).toBe(1 / 2);
  expect(values.kappa).toBeCloseTo(1 / 3, 12);
});

test("undefined where items have unequal numbers of scores, one each, none, or all the same category", () => {
  expect(
    fleissKappa([
      [2, 0],
      [1, 0],
    ]).reasons.kappa,
  ).toBe("incomplete");
  expect(
    fleissKappa([
      [1, 0],
      [0, 1],
    ]).reasons.kappa,
  ).toBe("too-few-raters");
  expect(fleissKappa([[0, 0]]).reasons.kappa).toBe("no-scores");
  expect(fleissKappa([]).reasons.kappa).toBe("no-scores");
  expect(
    fleissKappa([
      [3, 0],
      [3, 0],
    ]),
  ).toEqual({
    values: { kappa: null, Pbar: 1, Pe: 1, se0: null, z: null },
    reasons: { kappa: "no-variance", se0: "no-variance", z: "no-variance" },
  });
});

property.prop([
  fc.integer({ min: 2, max: 6 }).chain((scores) =>
    fc.array(
      fc
        .array(fc.integer({ min: 0, max: 2 }), { minLength: scores, maxLength: scores })
        .map((categories) => [0, 1, 2].map((category) => categories.filter((one) => one === category).length)),
      { minLength: 1, maxLength: 8 },
    ),
  ),
])("equals Fleiss's kappa beside AC1 where every item has as many scores", (counts) => {
  const found = fleissKappa(counts);
  expectSound(found);
  const { fleissKappa: kappa, peFleiss } = gwetAc(talliesOf(counts, [1, 2, 3]), "identity").values;
  expect(found.values.Pe).toBeCloseTo(peFleiss!, 12);
  if (kappa === null) expect(found.values.kappa).toBeNull();
  else expect(found.values.kappa).toBeCloseTo(kappa, 9);
});
