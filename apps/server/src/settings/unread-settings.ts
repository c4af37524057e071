/**
 * What somebody set for us and nobody reads: names of other systems, and ours with a slip of the pen.
 * The environment is full of other programs' names, so of those only what looks like ours is told; in
 * our own `.env` everything is meant for us.
 */
import type { Rule } from "./kinds.ts";
import { providerRules } from "./provider-rules.ts";
import { providerVariable } from "./read-providers.ts";
import { rules } from "./rules.ts";

const REDIS = "set REDIS_URL=redis://:password@host:6379/0";
const SMTP = "set SMTP_URL=smtp://account:password@host:587";
const OWN_POSTGRES =
  "Guildhall keeps its data in Postgres: set DATABASE_URL, or DB_SERVER and its like";

/** What is known from elsewhere, and what to set instead. The first that fits. */
const elsewhere: [RegExp, string][] = [
  [/^VITE_MINIO_URL$/, "set MINIO_PUBLIC_URL"],
  [/^VITE_WS_URL$/, "set VITE_API_URL: WebSockets use the same address"],
  [/^TEST_DB_/, "tests start their own Postgres: remove it"],
  [/^MSSQL_/, OWN_POSTGRES],
  [/^DB_DRIVER$/, OWN_POSTGRES],
  [/^DB_HOST$/, "set DB_SERVER"],
  [/^DB_(USERNAME|LOGIN)$/, "set DB_USER"],
  [/^DB_(PASS|PWD)$/, "set DB_PASSWORD"],
  [/^DB_(DATABASE|DATABASE_NAME)$/, "set DB_NAME"],
  [/^SMTP_(FROM|SENDER)/, "set MAIL_FROM"],
  [/^SMTP_/, SMTP],
  [/^MAIL_(SERVER|HOST|PORT|USER|USERNAME|PASSWORD)$/, SMTP],
  [/^REDIS_(HOST|PORT|PASSWORD|USER|USERNAME|DB|SSL)$/, REDIS],
  [/^MINIO_(ROOT_)?USER$/, "set MINIO_ACCESS_KEY"],
  [/^MINIO_(ROOT_)?PASSWORD$/, "set MINIO_SECRET_KEY"],
  [/^MINIO_BUCKET_?NAME$/, "set MINIO_BUCKET"],
  [/^MINIO_(USE_SSL|SSL|TLS)$/, "set MINIO_SECURE"],
  [/^MINIO_(EXTERNAL|PUBLIC)_/, "set MINIO_PUBLIC_URL"],
  [/^MEILI(SEARCH)?_(HOST|ADDR|HTTP_ADDR)$/, "set MEILISEARCH_URL"],
  [/^MEILI(SEARCH)?_(MASTER|API)_KEY$/, "set MEILISEARCH_KEY"],
  [/^JWT_SECRET_KEY$/, "set JWT_SECRET"],
  [/^CORS_(ORIGINS|ALLOWED_ORIGINS)$/, "set ALLOWED_ORIGINS"],
];

/** Prefixes by which a name in the environment is meant for us. */
const OURS =
  /^(GUILDHALL|DB|REDIS|MINIO|MEILISEARCH|JWT|WS|VITE|SMTP|MAIL|MSSQL|TEST_DB|CORS|OIDC|CHANGES|NOTIFICATIONS|WORKSPACE_FILES)_/;

/** Read by others than the server: the page's build, scripts, node itself, what deploy/ starts beside us. */
const READ_ELSEWHERE = new Set([
  "VITE_API_URL",
  "VITE_DESKTOP_FEED_KEYS",
  "VITE_DESKTOP_FEED_URL",
  "GUILDHALL_SERVER",
  "GUILDHALL_DEV_PROBLEM",
  "GUILDHALL_URL",
  "GUILDHALL_TOKEN",
  "REPLICAS",
  "S3_ACCESS_KEY",
  "S3_SECRET_KEY",
  "S3_RPC_SECRET",
]);
const OF_OTHERS = /^(NODE_|npm_|OTEL_|LC_|LANG$|TZ$|PATH$|HOME$|USER$|(HTTPS?|NO|ALL)_PROXY$)/i;

const ours = Object.keys(rules);
const aliases = new Set(Object.values<Rule>(rules).map(({ alias }) => alias));

type Given = { source: Record<string, string | undefined>; inFile: string[] };

/** Each with what to do about it; a value is never shown. */
export function unreadSettings({ source, inFile }: Given): string[] {
  const fromFile = new Set(inFile);
  const ofProviders = variablesOfProviders(source.OIDC_PROVIDERS ?? "");
  return Object.keys(source)
    .filter((name) => source[name]?.trim() && !isRead(name) && !ofProviders.has(name))
    .flatMap((name) => {
      const advice = adviceFor(name);
      if (advice) return `${name} (${advice})`;
      const isMeantForUs = fromFile.has(name) || OURS.test(name);
      return isMeantForUs && !OF_OTHERS.test(name) ? name : [];
    })
    .sort();
}

/** Those of a provider that is not in the list (any more) are read by nobody. */
const variablesOfProviders = (list: string) =>
  new Set(
    list
      .split(",")
      .map((id) => id.trim())
      .filter(Boolean)
      .flatMap((id) => Object.keys(providerRules).map((name) => providerVariable(id, name))),
  );

const isRead = (name: string) =>
  Object.hasOwn(rules, name) || aliases.has(name) || READ_ELSEWHERE.has(name);

function adviceFor(name: string): string | null {
  if (OF_OTHERS.test(name)) return null;
  const known = elsewhere.find(([pattern]) => pattern.test(name));
  if (known) return known[1];
  const meant = nearest(name.toUpperCase());
  return meant && `did you mean ${meant}?`;
}

/** The setting that it is a slip of; one letter in four at most, and never of a short name. */
function nearest(name: string): string | null {
  const best = ours
    .map((each) => ({ each, away: distance(name, each) }))
    .sort((a, b) => a.away - b.away)[0];
  return best && best.away <= Math.min(2, Math.floor(best.each.length / 4)) ? best.each : null;
}

/** Letters to put in, take out, change or swap with their neighbour (Damerau and Levenshtein). */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isSwapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        at(i - 1, j) + 1,
        at(i, j - 1) + 1,
        at(i - 1, j - 1) + (isSame ? 0 : 1),
        isSwapped ? at(i - 2, j - 2) + 1 : Infinity,
      );
    }
  }
  return at(a.length, b.length);
}
