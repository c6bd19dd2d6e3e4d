import { join, sep } from "node:path";
import express, { type RequestHandler } from "express";
import { projectRoot } from "#db/project-root.ts";

/** The files of the built pages. Those whose name holds a hash of their content never change. */
export function assets(folder = join(projectRoot(), "build/client")): RequestHandler {
  const hashed = join(folder, "assets") + sep;
  return express.static(folder, {
    index: false,
    redirect: false,
    etag: false,
    lastModified: false,
    cacheControl: false,
    setHeaders(response, path) {
      if (path.startsWith(hashed)) response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
    },
  });
}
