import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { expect, test } from "vitest";
import { assets } from "#server/http/assets.ts";

test("files named after their content are kept for ever, others are asked for each time", async () => {
  const folder = mkdtempSync(join(tmpdir(), "concord-assets-"));
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "assets", "root-3fa9.js"), "export {};");
  writeFileSync(join(folder, "favicon.svg"), "<svg/>");
  writeFileSync(join(folder, ".secret"), "x");
  const server = createServer(express().use(assets(folder)));
  const port = await new Promise<number>((resolve) =>
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : 0);
    }),
  );
  const read = async (path: string) => {
    const { status, headers } = await fetch(`http://127.0.0.1:${port}${path}`);
    return {
      status,
      cached: headers.get("cache-control"),
      etag: headers.get("etag"),
      modified: headers.get("last-modified"),
    };
  };
  const plain = { etag: null, modified: null };
  const forEver = "public, max-age=31536000, immutable";
  expect(await read("/assets/root-3fa9.js")).toEqual({ status: 200, cached: forEver, ...plain });
  expect(await read("/favicon.svg")).toEqual({ status: 200, cached: null, ...plain });
  for (const path of ["/assets/other.js", "/assets", "/assets/", "/.secret"])
    expect((await read(path)).status).toBe(404);
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});
