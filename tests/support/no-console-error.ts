import { format } from "node:util";
import { afterAll, afterEach } from "vitest";

const complaints: string[] = [];
// biome-ignore lint/suspicious/noConsole: listened to, not used
const print = console.error;

console.error = (...message: unknown[]) => {
  complaints.push(format(...message));
  print(...message);
};

afterEach(failOnComplaints);
afterAll(failOnComplaints);

function failOnComplaints() {
  const said = complaints.splice(0);
  if (said.length > 0) throw new Error(`console.error was called: ${said.join("\n")}`);
}
