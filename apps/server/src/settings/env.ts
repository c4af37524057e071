import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { z } from "zod";

/** What stops the start when a setting is wrong: a sentence for the person who set it. */
export class SettingsError extends Error {}

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));
const webAddress = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ""));
const databaseAddress = z.url({ protocol: /^postgres(ql)?$/ });
const redisAddresses = z
  .string()
  .transform((list) => list.split(",").map((each) => each.trim()))
  .pipe(z.array(z.url({ protocol: /^rediss?$/ })).min(1));
/** Other programs write `5.0`. */
const seconds = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,5}(\.\d{1,3})?$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max));
const YES = ["true", "1", "yes", "on"] as const;
const NO = ["false", "0", "no", "off"] as const;
const yesOrNo = (initially: "true" | "false") =>
  z
    .string()
    .toLowerCase()
    .default(initially)
    .pipe(z.enum([...YES, ...NO]))
    .transform((v) => YES.some((yes) => yes === v));
/** `host`, `host:9000`, `http://host:9000`: as MinIO's own tools and its other clients want it. */
const storeEndpoint = z
  .string()
  .regex(/^(https?:\/\/)?([\w.-]+|\[[\da-f:]+\])(:\d{1,5})?\/?$/i)
  .transform((given) => {
    const [, scheme = "", host = "", port] =
      /^(?:(https?):\/\/)?(.+?)(?::(\d+))?\/?$/i.exec(given) ?? [];
    return { host, port: port ? Number(port) : null, scheme: scheme.toLowerCase() };
  });
const origin = z.string().regex(/^[a-z][a-z0-9+.-]*:\/\/[^/\s,]+$/i);

export type Rule = {
  schema: z.ZodType;
  must: string;
  example: string;
  secret?: boolean;
  /** A name by which operators know it from elsewhere; it is read where ours is not given. */
  alias?: string;
};

/** Every variable that Guildhall reads. `.env.example` explains them; env.test.ts holds both together. */
export const rules = {
  HOST: {
    schema: z
      .string()
      .regex(/^[\w.:-]+$/)
      .default("127.0.0.1"),
    must: "be the address to listen on",
    example: "127.0.0.1",
  },
  PORT: { schema: whole(0, 65_535).default(8001), must: "be a port, 0 to 65535", example: "8001" },
  PUBLIC_URL: {
    schema: webAddress.optional(),
    must: "be the address people open, with http:// or https://",
    example: "https://guildhall.example.org",
  },
  ALLOWED_ORIGINS: {
    schema: z
      .string()
      .default("")
      .transform((list) =>
        list
          .split(",")
          .map((each) => each.trim().replace(/\/$/, ""))
          .filter(Boolean),
      )
      .pipe(z.array(origin)),
    must: "be a comma-separated list of origins",
    example: "https://tools.example.org,https://wiki.example.org",
  },
  TRUST_PROXY: {
    schema: z
      .string()
      .regex(/^(true|false|yes|no|on|off|\d)$/i)
      .default("false")
      .transform((v) =>
        /\d/.test(v) ? Number(v) : YES.some((yes) => yes === v.toLowerCase()) ? 1 : 0,
      ),
    must: "be true or false, or the number of proxies in a row, 0 to 9",
    example: "true",
  },
  LOG_LEVEL: {
    schema: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
    must: "be debug, info, warn, error or silent",
    example: "info",
  },
  GUILDHALL_DATA: {
    schema: z
      .string()
      .default("./data")
      .transform((folder) => path.resolve(folder)),
    must: "be a folder",
    example: "./data",
  },
  DATABASE_URL: {
    schema: databaseAddress.optional(),
    must: "be the address of a Postgres database",
    example: "postgres://guildhall:password@localhost:5432/guildhall",
    secret: true,
  },
  DB_SERVER: {
    schema: z
      .string()
      .regex(/^[\w.:-]+$/)
      .optional(),
    must: "be the host name of a Postgres server",
    example: "db.example.org",
  },
  DB_PORT: {
    schema: whole(1, 65_535).default(5432),
    must: "be a port, 1 to 65535",
    example: "5432",
  },
  DB_NAME: {
    schema: z.string().default("guildhall"),
    must: "be the name of a database",
    example: "guildhall",
  },
  DB_USER: {
    schema: z.string().default("guildhall"),
    must: "be the name of a database account",
    example: "guildhall",
  },
  DB_PASSWORD: {
    schema: z.string().optional(),
    must: "be the password of DB_USER",
    example: "a-password",
    secret: true,
  },
  DB_POOL_SIZE: {
    schema: whole(1, 1_000).default(10),
    must: "be a whole number, 1 to 1000",
    example: "10",
  },
  DB_MAX_OVERFLOW: {
    schema: whole(0, 1_000).default(10),
    must: "be a whole number, 0 to 1000",
    example: "10",
  },
  REDIS_URL: {
    schema: redisAddresses.optional(),
    must: "be the address of a Redis server, or those of a cluster's nodes with commas between",
    example: "redis://localhost:6379",
    secret: true,
  },
  REDIS_REQUIRED: {
    schema: yesOrNo("false"),
    must: "be true or false",
    example: "false",
  },
  REDIS_PREFIX: {
    schema: z
      .string()
      .regex(/^[\w.:-]{1,64}$/)
      .default("guildhall"),
    must: "be a short name of letters, digits and . : - _",
    example: "guildhall",
  },
  REDIS_MAX_CONNECTIONS: {
    schema: whole(2, 100_000).default(2),
    must: "be a whole number, 2 to 100000",
    example: "2",
  },
  REDIS_SOCKET_TIMEOUT: {
    schema: seconds(1, 60).default(2),
    must: "be a number of seconds, 1 to 60",
    example: "2",
  },
  REDIS_RETRY_ON_TIMEOUT: {
    schema: yesOrNo("true"),
    must: "be true or false",
    example: "true",
  },
  WORKERS: {
    schema: whole(1, 64).default(1),
    must: "be a whole number, 1 to 64",
    example: "4",
  },
  WS_MAX_CONNECTIONS: {
    schema: whole(1, 1_000_000).default(10_000),
    must: "be a whole number, 1 to 1000000",
    example: "10000",
  },
  WS_MAX_CONNECTIONS_PER_USER: {
    schema: whole(1, 10_000).default(50),
    must: "be a whole number, 1 to 10000",
    example: "50",
  },
  WS_HEARTBEAT_INTERVAL: {
    schema: whole(1, 300).default(20),
    must: "be a whole number of seconds, 1 to 300",
    example: "20",
  },
  WS_MAX_SUBSCRIPTIONS: {
    schema: whole(1, 10_000).default(100),
    must: "be a whole number, 1 to 10000",
    example: "100",
  },
  WS_MESSAGES_PER_SECOND: {
    schema: whole(1, 10_000).default(50),
    must: "be a whole number, 1 to 10000",
    example: "50",
  },
  HTTP_MAX_WAITING: {
    schema: whole(1, 100_000).default(500),
    must: "be a whole number, 1 to 100000",
    example: "500",
  },
  CHANGES_KEEP_DAYS: {
    schema: whole(1, 3_650).default(90),
    must: "be a whole number of days, 1 to 3650",
    example: "90",
  },
  METRICS_TOKEN: {
    schema: z.string().min(16).optional(),
    must: "have at least 16 characters",
    example: "(the output of: openssl rand -hex 24)",
    secret: true,
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    schema: webAddress.optional(),
    must: "be the address of an OpenTelemetry collector, with http:// or https://",
    example: "http://localhost:4318",
  },
  JWT_SECRET: {
    schema: z.string().min(32).optional(),
    must: "have at least 32 characters",
    example: "(the output of: openssl rand -base64 48)",
    secret: true,
  },
  JWT_ALGORITHM: {
    schema: z.enum(["HS256", "HS384", "HS512"]).default("HS256"),
    must: "be HS256, HS384 or HS512",
    example: "HS256",
  },
  JWT_EXPIRATION_MINUTES: {
    schema: whole(5, 525_600).default(1440),
    must: "be a whole number of minutes, 5 to 525600",
    example: "1440",
  },
  REGISTRATION: {
    schema: z.enum(["open", "invite"]).default("open"),
    must: "be open or invite",
    example: "open",
  },
  MINIO_ENDPOINT: {
    schema: storeEndpoint.optional(),
    must: "be the host name of MinIO or another S3 server, with its port behind a colon if you like",
    example: "minio.example.org",
  },
  MINIO_PORT: {
    schema: whole(1, 65_535).optional(),
    must: "be a port, 1 to 65535",
    example: "9000",
  },
  MINIO_SECURE: {
    schema: yesOrNo("false"),
    must: "be true or false",
    example: "true",
  },
  MINIO_ACCESS_KEY: {
    schema: z.string().optional(),
    must: "be the name of an access key",
    example: "guildhall",
  },
  MINIO_SECRET_KEY: {
    schema: z.string().optional(),
    must: "be the secret of MINIO_ACCESS_KEY",
    example: "a-secret",
    secret: true,
  },
  MINIO_BUCKET: {
    schema: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
      .default("guildhall"),
    must: "be the name of a bucket: 3 to 63 small letters, digits, dots and hyphens",
    example: "guildhall",
  },
  MINIO_PUBLIC_URL: {
    schema: webAddress.optional(),
    must: "be the address at which browsers reach the S3 server, with http:// or https://",
    example: "https://files.example.org",
  },
  WORKSPACE_FILES_GB: {
    schema: whole(1, 1_000_000).optional(),
    must: "be a whole number of gigabytes, 1 to 1000000",
    example: "50",
  },
  MEILISEARCH_URL: {
    schema: webAddress.optional(),
    must: "be the address of a Meilisearch, with http:// or https://",
    example: "http://localhost:7700",
  },
  MEILISEARCH_KEY: {
    schema: z.string().min(1).optional(),
    alias: "MEILISEARCH_MASTER_KEY",
    must: "be a key of that Meilisearch that may write",
    example: "(its master key, or one for the index guildhall)",
    secret: true,
  },
  SMTP_URL: {
    schema: z.url({ protocol: /^smtps?$/ }).optional(),
    must: "be the address of a mail server",
    example: "smtps://account:password@mail.example.org:465",
    secret: true,
  },
  MAIL_FROM: {
    schema: z
      .string()
      .regex(/^([^<>\r\n]*<)?[^\s@<>]+@[^\s@<>]+>?$/)
      .default("Guildhall <guildhall@localhost>"),
    must: "be a mail address",
    example: "Guildhall <guildhall@example.org>",
  },
} satisfies Record<string, Rule>;

type Read = { [Name in keyof typeof rules]: z.output<(typeof rules)[Name]["schema"]> };
export type Env = Omit<Read, "MINIO_ENDPOINT"> & {
  /** The host alone: its port and its scheme are in the settings for them. */
  MINIO_ENDPOINT: string | undefined;
  /** Null: the built-in Postgres in the data folder. */
  databaseUrl: string | null;
};

/** Reads `.env` of the working folder; what the environment already says wins. Answers its names. */
export function loadEnvFile(): string[] {
  if (!existsSync(".env")) return [];
  process.loadEnvFile(".env");
  return Object.keys(parseEnv(readFileSync(".env", "utf8")));
}

/** All settings, checked; throws one `SettingsError` that names every wrong variable. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const wrong: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, rule] of Object.entries<Rule>(rules)) {
    // An empty line in a .env file or a compose file means "not given".
    const given = source[name]?.trim() || (rule.alias && source[rule.alias]?.trim()) || undefined;
    const result = rule.schema.safeParse(given);
    if (result.success) values[name] = result.data;
    else wrong.push(sentence(name, rule, given));
  }
  if (source.DATABASE_URL && source.DB_SERVER) {
    wrong.push("Set DATABASE_URL or DB_SERVER, not both: they could name different databases.");
  }
  if (values.MINIO_ENDPOINT && !(values.MINIO_ACCESS_KEY && values.MINIO_SECRET_KEY)) {
    wrong.push(
      "MINIO_ENDPOINT needs MINIO_ACCESS_KEY and MINIO_SECRET_KEY, because files are stored in one of its buckets.",
    );
  }
  if (Number(values.WORKERS) > 1 && !values.REDIS_URL) {
    wrong.push(
      "WORKERS above 1 needs REDIS_URL: several processes hear of each other's changes through Redis. Example: REDIS_URL=redis://localhost:6379",
    );
  }
  const read = values as Read;
  wrong.push(...contradictions(read, source));
  if (wrong.length > 0) throw new SettingsError(wrong.join("\n"));
  const { MINIO_ENDPOINT: store } = read;
  return {
    ...read,
    MINIO_ENDPOINT: store?.host,
    MINIO_PORT: store?.port ?? read.MINIO_PORT,
    MINIO_SECURE: store?.scheme ? store.scheme === "https" : read.MINIO_SECURE,
    databaseUrl: read.DATABASE_URL ?? composeUrl(read),
  };
}

/** What MINIO_ENDPOINT says of port and scheme, and their own settings say otherwise. */
function contradictions(read: Read, source: Record<string, string | undefined>): string[] {
  const { host, port, scheme } = read.MINIO_ENDPOINT ?? { host: "", port: null, scheme: "" };
  const wrong: string[] = [];
  if (port !== null && read.MINIO_PORT !== undefined && port !== read.MINIO_PORT) {
    wrong.push(
      `MINIO_ENDPOINT has port ${port}, but MINIO_PORT is ${read.MINIO_PORT}. Set only one of them.`,
    );
  }
  const isSaid = Boolean(source.MINIO_SECURE?.trim());
  if (scheme && isSaid && read.MINIO_SECURE !== (scheme === "https")) {
    wrong.push(
      `MINIO_ENDPOINT begins with ${scheme}:// and MINIO_SECURE is ${read.MINIO_SECURE}: give MINIO_ENDPOINT=${host}, or the same in both.`,
    );
  }
  return wrong;
}

function sentence(name: string, rule: Rule, given: string | undefined): string {
  const shown = rule.secret || given === undefined ? "" : `, but is "${given.slice(0, 80)}"`;
  return `${name} must ${rule.must}${shown}. Example: ${name}=${rule.example}`;
}

function composeUrl(read: Read): string | null {
  if (!read.DB_SERVER) return null;
  const url = new URL("postgres://host");
  url.hostname = read.DB_SERVER;
  url.port = String(read.DB_PORT);
  url.pathname = `/${encodeURIComponent(read.DB_NAME)}`;
  url.username = encodeURIComponent(read.DB_USER);
  url.password = encodeURIComponent(read.DB_PASSWORD ?? "");
  return url.href;
}
