import type { RequestHandler } from "express";
import { type Problem, sendProblem } from "./problem.ts";

const most = { characters: 1024, paths: 20, segments: 10 };

/**
 * Remix tells the browser which parts of the program a link needs, and matches every path it is asked about without a
 * bound: one long request would keep the whole server busy for seconds.
 */
export function boundManifest(): RequestHandler {
  return (request, response, next) => {
    if (request.path !== "/__manifest" || isModest(request.originalUrl)) next();
    else sendProblem(response, tooMuch);
  };
}

const tooMuch: Problem = { status: 400, detail: "Ask for fewer or shorter paths." };

function isModest(url: string): boolean {
  if (url.length > most.characters) return false;
  const query = new URLSearchParams(url.slice(url.indexOf("?")));
  const paths = query.getAll("p");
  return paths.length <= most.paths && paths.every((path) => path.split("/").length - 1 <= most.segments);
}
