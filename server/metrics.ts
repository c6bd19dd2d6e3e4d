import { monitorEventLoopDelay } from "node:perf_hooks";

/** Figures for whoever runs the server: how busy and how well it is. Never anything that people wrote or scored. */
export interface Metrics {
  /** A request has been answered, or its asker has gone. */
  answered(request: { readonly method: string; readonly status: number; readonly ms: number }): void;
  /** How many sockets are open, from now on asked of this function. */
  countSockets(count: () => number): void;
  /** In Prometheus' text format. The delay of the event loop is that since the last time. */
  text(lagSeconds: number | null): string;
  stop(): void;
}

const lookEveryMs = 20;
const nanosecondsInASecond = 1e9;

export function makeMetrics(): Metrics {
  const delay = monitorEventLoopDelay({ resolution: lookEveryMs });
  const requests = new Map<string, number>();
  let seconds = 0;
  let sockets = () => 0;
  delay.enable();
  return {
    answered({ method, status, ms }) {
      const kind = method === "GET" || method === "HEAD" ? "read" : "write";
      const labels = `kind="${kind}",status="${Math.floor(status / 100)}xx"`;
      requests.set(labels, (requests.get(labels) ?? 0) + 1);
      seconds += ms / 1000;
    },
    countSockets(count) {
      sockets = count;
    },
    text(lagSeconds) {
      const { rss, heapUsed } = process.memoryUsage();
      // What is measured is the time between two looks, which the rest between them is part of.
      const delayAt = (quantile: number) =>
        Math.max(0, delay.percentile(100 * quantile) / nanosecondsInASecond - lookEveryMs / 1000);
      const families: Family[] = [
        { name: "requests_total", type: "counter", help: "Requests answered.", samples: [...requests] },
        { name: "request_seconds_total", type: "counter", help: "Time spent on them.", samples: [["", seconds]] },
        { name: "sockets", type: "gauge", help: "Open sockets.", samples: [["", sockets()]] },
        {
          name: "aggregation_lag_seconds",
          type: "gauge",
          help: "How long the oldest pending row has waited; absent while the database does not answer.",
          samples: lagSeconds === null ? [] : [["", lagSeconds]],
        },
        {
          name: "event_loop_delay_seconds",
          type: "gauge",
          help: "How late the event loop was since this was last read.",
          samples: [0.5, 0.99, 1].map((quantile) => [`quantile="${quantile}"`, delayAt(quantile)]),
        },
        {
          name: "memory_bytes",
          type: "gauge",
          help: "Memory of this process.",
          samples: [
            ['kind="resident"', rss],
            ['kind="heap"', heapUsed],
          ],
        },
      ];
      delay.reset();
      return families.map(linesOf).join("");
    },
    stop: () => void delay.disable(),
  };
}

interface Family {
  readonly name: string;
  readonly type: "counter" | "gauge";
  readonly help: string;
  readonly samples: readonly (readonly [labels: string, value: number])[];
}

function linesOf({ name, type, help, samples }: Family): string {
  const lines = samples.map(([labels, value]) => `concord_${name}${labels === "" ? "" : `{${labels}}`} ${value}\n`);
  return `# HELP concord_${name} ${help}\n# TYPE concord_${name} ${type}\n${lines.join("")}`;
}
