import { argv, exit, stdout } from "node:process";

// `npm run prove -- NAME ...`: one long proof, each a file beside this one that exports `prove`.
const [name = "", ...words] = argv.slice(2);
if (!/^[a-z][a-z0-9-]*$/.test(name)) {
  stdout.write("Say which proof: npm run prove -- NAME\n");
  exit(2);
}
const { prove }: { prove(words: readonly string[]): Promise<boolean> } = await import(`./${name}.ts`);
exit((await prove(words)) ? 0 : 1);
