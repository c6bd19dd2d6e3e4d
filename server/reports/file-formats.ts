import type { Bundle } from "#rubric/bundle.ts";
import { dictionaryCsv, tidyCsv } from "./tidy-csv.ts";
import { zipOf } from "./zip.ts";

type Content = string | Uint8Array;

/** A kind of file that a panel can be taken home as; all are made from the bundle alone. */
interface FileFormat {
  readonly mediaType: string;
  /** What it is called inside a zip. */
  readonly name: string;
  write(bundle: Bundle): Content | Promise<Content>;
}

const single: ReadonlyMap<string, FileFormat> = new Map<string, FileFormat>([
  ["json", { mediaType: "application/json; charset=utf-8", name: "bundle.json", write: (one) => JSON.stringify(one) }],
  ["csv", { mediaType: "text/csv; charset=utf-8; header=present", name: "answers.csv", write: tidyCsv }],
]);

/** Everything at once, with what it takes to check it. */
const zip: FileFormat = {
  mediaType: "application/zip",
  name: "panel.zip",
  async write(bundle) {
    const files = new Map<string, Content>();
    for (const { name, write } of single.values()) files.set(name, await write(bundle));
    return zipOf(bundle, files.set("columns.csv", dictionaryCsv(bundle)));
  },
};

export const fileFormats: ReadonlyMap<string, FileFormat> = new Map([...single, ["zip", zip]]);
