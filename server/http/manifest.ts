import type { Request } from "express";
import { makeRate } from "#server/rates.ts";
import { addressBlock } from "./address-block.ts";
import { type Problem, problemOf, sendProblem } from "./problem.ts";
import type { Step } from "./visit.ts";

const most = { characters: 1024, paths: 20, segments: 10 };

/** For each address block. A page asks for some 20 steps once, and everybody in a meeting may come from one address. */
const steps = {
  perSecond: 400,
  burst: 4_000,
  sentence: "Too many pages are being looked up from your network. Try again in a few seconds.",
};

/**
 * Remix tells the browser which parts of the program a link needs. It matches every path it is asked about, and every
 * beginning of it, at a fifth of a millisecond each, for anybody and without a bound: one long request would keep the
 * whole server busy for seconds.
 */
export function boundManifest(): Step {
  const rate = makeRate(steps);
  return (request, response, next) => {
    const asked = askedOf(request);
    if (asked === null) return next();
    try {
      if (!isModest(asked)) return sendProblem(response, tooMuch);
      rate.take(addressBlock(request.ip ?? ""), stepsIn(asked.paths));
      next();
    } catch (error) {
      sendProblem(response, problemOf(error, response.locals.visit.requestId));
    }
  };
}

const tooMuch: Problem = { status: 400, detail: "Ask for fewer or shorter paths." };

interface Asked {
  readonly characters: number;
  readonly paths: readonly string[];
}

/** What is asked for, if this is such a request in Remix's eyes, which resolves `/./` and its escapes first. */
function askedOf({ originalUrl }: Request): Asked | null {
  if (!originalUrl.includes("__manifest")) return null;
  const { pathname, searchParams } = new URL(`http://localhost${originalUrl}`);
  return pathname === "/__manifest" ? { characters: originalUrl.length, paths: searchParams.getAll("p") } : null;
}

function isModest({ characters, paths }: Asked): boolean {
  if (characters > most.characters || paths.length > most.paths) return false;
  return paths.every((path) => path.split("/").length - 1 <= most.segments);
}

function stepsIn(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + path.split("/").length, 1);
}
