import { startEmbedded } from "#db/embedded/start.ts";

// A process of its own that uses the embedded database: it tells the address on its output, and leaves in good order
// when its input ends.
const [, , folder = "", binaries] = process.argv;
const database = await startEmbedded(folder, binaries ? { binaries } : {});
process.stdin.once("end", () => void database.stop().then(() => process.exit(0)));
process.stdin.resume();
process.stdout.write(`${JSON.stringify({ url: database.url, adopted: database.adopted })}\n`);
