import path from "node:path";
import { z } from "zod";
import {
  choice,
  databaseAddress,
  domains,
  number,
  origin,
  type Rule,
  redisAddresses,
  seconds,
  storeEndpoint,
  webAddress,
  whole,
  YES,
  yesOrNo,
} from "./kinds.ts";

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
  DB_POOL_SIZE: number([1, 1_000], 10),
  DB_MAX_OVERFLOW: number([0, 1_000], 10),
  REDIS_URL: {
    schema: redisAddresses.optional(),
    must: "be the address of a Redis server, or those of a cluster's nodes with commas between",
    example: "redis://localhost:6379",
    secret: true,
  },
  REDIS_REQUIRED: choice("false"),
  REDIS_PREFIX: {
    schema: z
      .string()
      .regex(/^[\w.:-]{1,64}$/)
      .default("guildhall"),
    must: "be a short name of letters, digits and . : - _",
    example: "guildhall",
  },
  REDIS_MAX_CONNECTIONS: number([2, 100_000], 2),
  REDIS_SOCKET_TIMEOUT: {
    schema: seconds(1, 60).default(2),
    must: "be a number of seconds, 1 to 60",
    example: "2",
  },
  REDIS_RETRY_ON_TIMEOUT: choice("true"),
  WORKERS: number([1, 64], 1, { example: 4 }),
  WS_MAX_CONNECTIONS: number([1, 1_000_000], 10_000),
  WS_HEARTBEAT_INTERVAL: number([1, 300], 20, { unit: "seconds" }),
  WS_MAX_SUBSCRIPTIONS: number([1, 10_000], 100),
  HTTP_MAX_WAITING: number([1, 100_000], 500),
  CHANGES_KEEP_DAYS: number([1, 3_650], 90, { unit: "days" }),
  NOTIFICATIONS_KEEP_DAYS: number([1, 3_650], 365, { unit: "days" }),
  NOTIFICATIONS_DONE_KEEP_DAYS: number([1, 3_650], 30, { unit: "days" }),
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
  // Of the instance: what is not given here, an administrator sets in the app.
  JWT_EXPIRATION_MINUTES: {
    schema: whole(5, 525_600).optional(),
    must: "be a whole number of minutes, 5 to 525600",
    example: "1440",
  },
  REGISTRATION: {
    schema: z.enum(["open", "invite", "closed"]).optional(),
    must: "be open, invite or closed",
    example: "open",
  },
  REGISTRATION_DOMAINS: {
    schema: domains.optional(),
    must: "be domains with commas between",
    example: "example.org,example.com",
  },
  PASSWORDS_OFF_DOMAINS: {
    schema: domains.optional(),
    must: "be domains with commas between",
    example: "example.org",
  },
  SECOND_FACTOR_REQUIRED: {
    schema: yesOrNo.optional(),
    must: "be true or false",
    example: "true",
  },
  AUDIT_KEEP_DAYS: {
    schema: whole(30, 3_650).optional(),
    must: "be a whole number of days, 30 to 3650",
    example: "365",
  },
  UPLOAD_MB: {
    schema: whole(1, 5_120).optional(),
    must: "be a whole number of megabytes, 1 to 5120",
    example: "5120",
  },
  WS_MAX_CONNECTIONS_PER_USER: {
    schema: whole(1, 10_000).optional(),
    must: "be a whole number, 1 to 10000",
    example: "50",
  },
  WS_MESSAGES_PER_SECOND: {
    schema: whole(1, 10_000).optional(),
    must: "be a whole number, 1 to 10000",
    example: "50",
  },
  SIGN_IN_TRIES: {
    schema: whole(3, 1_000).optional(),
    must: "be a whole number, 3 to 1000",
    example: "10",
  },
  INVITATIONS_PER_QUARTER_HOUR: {
    schema: whole(1, 10_000).optional(),
    must: "be a whole number, 1 to 10000",
    example: "100",
  },
  OIDC_PROVIDERS: {
    schema: z
      .string()
      .default("")
      .transform((list) =>
        list
          .split(",")
          .map((each) => each.trim().toLowerCase())
          .filter(Boolean),
      )
      .pipe(z.array(z.string().regex(/^[a-z][a-z0-9]{0,19}$/)).max(10))
      .refine((ids) => new Set(ids).size === ids.length),
    must: "be up to 10 short names of letters and digits, with commas between, each once",
    example: "corp,google",
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
  MINIO_SECURE: choice("false", "true"),
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
  MAIL_AFTER_MINUTES: {
    schema: whole(0, 1_440).default(5),
    must: "be a whole number of minutes, 0 to 1440",
    example: "5",
  },
} satisfies Record<string, Rule>;
