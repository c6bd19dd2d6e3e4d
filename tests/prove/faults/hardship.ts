import type { Fault } from "../fault.ts";

/** What is said and done while the database is away or its disk is full. */
export const hardshipFaults: readonly Fault[] = [
  {
    name: "a phase move on a full disk",
    file: "db/open.ts",
    find: "    async write(work) {\n      requireRoom();\n",
    replace: "    async write(work) {\n",
    tests: ["tests/server/outage.test.ts"],
  },
  {
    name: "a draft of a score on a full disk",
    file: "db/open.ts",
    find: "    async writeTogether(askAll, asked, group) {\n      requireRoom();\n",
    replace: "    async writeTogether(askAll, asked, group) {\n",
    tests: ["tests/server/outage.test.ts"],
  },
  {
    name: "a 503 that does not say when to come again",
    file: "server/http/problem.ts",
    find: '  if (retryAfterSeconds) response.setHeader("Retry-After", String(retryAfterSeconds));\n',
    replace: "",
    tests: ["tests/server/http/database-down.test.ts"],
  },
  {
    name: "a form's 503 that does not say when to come again",
    file: "server/http/pages.ts",
    find: 'void response.setHeader("Retry-After", String(seconds));',
    replace: "void seconds;",
    tests: ["tests/server/http/held-form.test.ts"],
  },
];
