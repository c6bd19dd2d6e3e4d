import { isIP } from "node:net";
import { z } from "zod";

const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
const flag = z.enum(["0", "1"]).transform((text) => text === "1");

/** Every setting, parsed once at start. The descriptions become `.env.example`. */
export const settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000).describe("Port to listen on."),
  HOST: z.string().min(1).default("127.0.0.1").describe("Address to listen on."),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("The address people use: links, Origin checks, cookies. Plain http is accepted on loopback only."),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must start with postgres://")
    .optional()
    .describe("PostgreSQL 15 or newer. Unset: an embedded PostgreSQL in DATA_DIR."),
  DATA_DIR: z.string().min(1).default("./data").describe("Embedded database, its backups and generated secrets."),
  CONCORD_DEMO: flag.optional().describe("0: never load the demonstration panel into an empty database."),
  CONCORD_SETUP_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe("Lets the first administrator be created. Unset: generated and printed once."),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, "must start with smtp:// or smtps://")
    .optional()
    .describe("Mail server. Unset: mail waits on the outbox page of administrators."),
  MAIL_FROM: z.string().min(3).default("Concord <concord@localhost>").describe("Sender of mail."),
  LOG_LEVEL: z.enum(logLevels).default("info").describe("debug, info, warn, error or silent."),
  TRUST_PROXY: z
    .string()
    .refine(isProxyList, "must be addresses, networks such as 10.0.0.0/8, or loopback, separated by commas")
    .optional()
    .describe("Address of the reverse proxy whose X-Forwarded headers are believed."),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe("Shown as a bearer token, it opens /metrics. Unset: no metrics."),
  MAX_MEMBERS: z.coerce.number().int().min(1).max(100_000).default(1000).describe("Most members of one panel."),
  WRITES_PER_SECOND: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(20)
    .describe("Writes of one person in a second; five times as many at once after a quiet while."),
});

export interface Config {
  readonly port: number;
  readonly host: string;
  /** `null`: derived from the address listened on. */
  readonly publicUrl: string | null;
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly demo: boolean | null;
  readonly setupToken: string | null;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly logLevel: (typeof logLevels)[number];
  readonly trustProxy: string | null;
  readonly metricsToken: string | null;
  readonly maxMembers: number;
  readonly writesPerSecond: number;
}

/**
 * The settings in the environment.
 * @throws Error naming every fault at once
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""),
  );
  const result = settings.safeParse(given);
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`These settings cannot be used:\n  ${faults.join("\n  ")}`);
  }
  const values = result.data;
  if (values.PUBLIC_URL) refusePlainHttp(values.PUBLIC_URL);
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL?.replace(/\/+$/, "") ?? null,
    databaseUrl: values.DATABASE_URL ?? null,
    dataDir: values.DATA_DIR,
    demo: values.CONCORD_DEMO ?? null,
    setupToken: values.CONCORD_SETUP_TOKEN ?? null,
    smtpUrl: values.SMTP_URL ?? null,
    mailFrom: values.MAIL_FROM,
    logLevel: values.LOG_LEVEL,
    trustProxy: values.TRUST_PROXY ?? null,
    metricsToken: values.METRICS_TOKEN ?? null,
    maxMembers: values.MAX_MEMBERS,
    writesPerSecond: values.WRITES_PER_SECOND,
  };
}

function isProxyList(text: string): boolean {
  return text
    .split(",")
    .every((part) => /^(loopback|linklocal|uniquelocal)$/.test(part.trim()) || isNetwork(part.trim()));
}

function isNetwork(text: string): boolean {
  const [address = "", bits, ...more] = text.split("/");
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

function refusePlainHttp(publicUrl: string): void {
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === "http:" && !isLoopback(hostname)) {
    throw new Error("PUBLIC_URL: plain http is accepted on loopback only; use https.");
  }
}

export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || hostname === "::1" || /^127\./.test(hostname);
}
