import { z } from "zod";
import { type Call, callForAnyone } from "./call.ts";
import { enteringCalls } from "./calls/entering.ts";
import { panelCalls } from "./calls/panels.ts";
import { peopleCalls } from "./calls/people.ts";
import { resultCalls } from "./calls/results.ts";
import { scoringCalls } from "./calls/scoring.ts";
import { documentOf } from "./document.ts";

/** Every call there is. What is not in this list answers 404 and is absent from the served document. */
export const calls: readonly Call[] = [
  ...enteringCalls,
  ...panelCalls,
  ...peopleCalls,
  ...scoringCalls,
  ...resultCalls,
  callForAnyone(
    ["GET", "/openapi.json"],
    { summary: "This document.", answer: z.looseObject({ openapi: z.string() }) },
    async () => openapi(),
  ),
];

/** The API as an OpenAPI 3.1 document. */
export function openapi(): ReturnType<typeof documentOf> {
  return documentOf(calls);
}
