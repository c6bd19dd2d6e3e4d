import { timingSafeEqual } from "node:crypto";
import type { Application } from "#server/application.ts";
import { sha256 } from "#server/hash.ts";
import { sendProblem } from "./problem.ts";
import type { Step } from "./visit.ts";

/** `GET /metrics`, for whoever shows the token of the settings. Without one in the settings there is nothing here. */
export function metrics(app: Application): Step {
  const { metricsToken } = app.config;
  const expected = metricsToken === null ? null : Buffer.from(sha256(`Bearer ${metricsToken}`));
  return async (request, response, next) => {
    if (expected === null) return next();
    const shown = Buffer.from(sha256(request.headers.authorization ?? ""));
    if (!timingSafeEqual(shown, expected)) {
      sendProblem(response, { status: 401, detail: "Show the token of METRICS_TOKEN." });
      return;
    }
    const lag = await app.aggregation.lagSeconds().catch(() => null);
    response.setHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    response.end(app.metrics.text(lag));
  };
}
