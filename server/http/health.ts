import type { RequestHandler, Response } from "express";
import { isMigrated } from "#db/readiness.ts";
import type { Application } from "#server/application.ts";
import { sendProblem } from "./problem.ts";

const longestLagSeconds = 10;
const longestWaitMs = 2_500;

/** `GET /healthz`: the process lives. */
export function healthz(): RequestHandler {
  return (_request, response) => answer(response, 200, { status: "ok" });
}

/** `GET /readyz`: whether this process can do its work now. A load balancer sends it requests only while it can. */
export function readyz(app: Application, isStopping: () => boolean): RequestHandler {
  return async (_request, response) => {
    const checks = { stopping: isStopping(), room: app.room.isLeft(), ...(await checksOf(app)) };
    const isReady = !checks.stopping && checks.room && checks.database && checks.migrations && checks.aggregation;
    answer(response, isReady ? 200 : 503, { status: isReady ? "ready" : "not ready", checks });
  };
}

export function onlyRead(): RequestHandler {
  return (_request, response) =>
    sendProblem(response, { status: 405, detail: "This address is only read.", allow: ["GET", "HEAD"] });
}

interface Checks {
  database: boolean;
  migrations: boolean;
  aggregation: boolean;
}

const nothingKnown: Checks = { database: false, migrations: false, aggregation: false };

async function checksOf(app: Application): Promise<Checks> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<Checks>((resolve) => {
    timer = setTimeout(() => resolve(nothingKnown), longestWaitMs);
  });
  return Promise.race([askDatabase(app), patience]).finally(() => clearTimeout(timer));
}

async function askDatabase(app: Application): Promise<Checks> {
  try {
    const migrations = await isMigrated(app.database.pool);
    const lagSeconds = migrations ? await app.aggregation.lagSeconds() : 0;
    return { database: true, migrations, aggregation: lagSeconds < longestLagSeconds };
  } catch {
    return nothingKnown;
  }
}

function answer(response: Response, status: number, body: unknown): void {
  response.status(status).set("Content-Type", "application/json; charset=utf-8").end(JSON.stringify(body));
}
