import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import type { IdentityProvider } from "@guildhall/api/server";
import type { z } from "zod";
import type { Rule } from "./kinds.ts";
import { readProviders } from "./read-providers.ts";
import { rules } from "./rules.ts";

/** What stops the start when a setting is wrong: a sentence for the person who set it. */
export class SettingsError extends Error {}

type Read = { [Name in keyof typeof rules]: z.output<(typeof rules)[Name]["schema"]> };
export type Env = Omit<Read, "MINIO_ENDPOINT"> & {
  /** The host alone: its port and its scheme are in the settings for them. */
  MINIO_ENDPOINT: string | undefined;
  /** Null: the built-in Postgres in the data folder. */
  databaseUrl: string | null;
  /** Those that OIDC_PROVIDERS names. */
  providers: IdentityProvider[];
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
  const { providers, wrong: wrongProviders } = readProviders(
    read.OIDC_PROVIDERS ?? [],
    source,
    sentence,
  );
  wrong.push(...wrongProviders, ...lacking(read));
  if (wrong.length > 0) throw new SettingsError(wrong.join("\n"));
  const { MINIO_ENDPOINT: store } = read;
  return {
    ...read,
    MINIO_ENDPOINT: store?.host,
    MINIO_PORT: store?.port ?? read.MINIO_PORT,
    MINIO_SECURE: store?.scheme ? store.scheme === "https" : read.MINIO_SECURE,
    databaseUrl: read.DATABASE_URL ?? composeUrl(read),
    providers,
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

/** What sign-in through providers cannot do without. */
function lacking(read: Read): string[] {
  const isUsed = Boolean(read.OIDC_PROVIDERS?.length);
  const wrong: string[] = [];
  if (isUsed && !read.PUBLIC_URL) {
    wrong.push(
      "OIDC_PROVIDERS needs PUBLIC_URL, because providers send people back to it. Example: PUBLIC_URL=https://guildhall.example.org",
    );
  }
  if (read.PASSWORDS_OFF_DOMAINS?.length && !isUsed) {
    wrong.push(
      "PASSWORDS_OFF_DOMAINS needs OIDC_PROVIDERS: people of these domains couldn't sign in at all.",
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
