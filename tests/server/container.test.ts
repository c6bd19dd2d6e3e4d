import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const root = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

const composeFile = z.object({
  services: z.record(
    z.string(),
    z.object({
      user: z.string(),
      environment: z.record(z.string(), z.string()),
      ports: z.array(z.string()).default([]),
      volumes: z.array(z.string()),
      healthcheck: z.object({ test: z.array(z.string()) }).optional(),
    }),
  ),
  volumes: z.record(z.string(), z.null()),
});

const { services, volumes } = composeFile.parse(parse(read("docker-compose.yml")));
const dockerfile = read("Dockerfile").replaceAll("\\\n", "");
const instructions = dockerfile.split("\n").filter((line) => /^[A-Z]+ /.test(line));

describe("the compose file", () => {
  test("runs Concord and its database, neither as root", () => {
    const users = Object.entries(services).map(([name, service]) => [name, service.user]);
    expect(users).toEqual([
      ["concord", "node"],
      ["database", "postgres"],
    ]);
  });

  test("keeps what both write in named volumes", () => {
    const mounted = Object.values(services).flatMap((service) => service.volumes.map((volume) => volume.split(":")[0]));
    expect(mounted.sort()).toEqual(Object.keys(volumes).sort());
  });

  test("has no password of its own and refuses to start without one", () => {
    const settings = Object.values(services).flatMap((service) => Object.entries(service.environment));
    const secrets = settings.filter(([name]) => /PASSWORD|TOKEN|DATABASE_URL/.test(name));
    expect(secrets.map(([name]) => name).sort()).toEqual(["CONCORD_SETUP_TOKEN", "DATABASE_URL", "POSTGRES_PASSWORD"]);
    for (const [, value] of secrets) expect(value).toMatch(/\$\{[A-Z_]+:\?/);
  });

  test("opens Concord to this machine only, and the database to nobody", () => {
    expect(services.concord?.ports).toEqual(["127.0.0.1:3000:3000"]);
    expect(services.database?.ports).toEqual([]);
  });

  test("asks the database whether it is ready", () => {
    expect(services.database?.healthcheck?.test).toContain("pg_isready");
  });
});

describe("the Dockerfile", () => {
  test("copies only what is here and what its ignore file lets through", () => {
    const allowed = read(".dockerignore")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));
    const copied = instructions
      .filter((line) => line.startsWith("COPY ") && !line.includes("--from="))
      .flatMap((line) => line.split(/\s+/).slice(1, -1));
    expect(copied.filter((source) => !existsSync(join(root, source)))).toEqual([]);
    const roots = copied.map((source) => source.split("/")[0]);
    expect([...new Set(roots)].sort()).toEqual(allowed.sort());
  });

  test("calls npm scripts that exist", () => {
    const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read("package.json")));
    const called = [...dockerfile.matchAll(/npm run ([\w-]+)/g)].map(([, script]) => script);
    expect(called).toEqual(["build"]);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(called));
  });

  test("starts what the build makes, not as root, and asks it whether it lives", () => {
    const last = instructions.slice(instructions.findLastIndex((line) => line.startsWith("FROM ")));
    expect(last).toContain("USER node");
    expect(last.at(-1)).toBe('CMD ["node", "build/node/main.js"]');
    expect(last.find((line) => line.startsWith("HEALTHCHECK "))).toContain("/healthz");
  });
});
