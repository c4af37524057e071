/** The settings that operators bring along: they start Guildhall, or are named with what to set instead. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { readEnv } from "./env.ts";
import { rules } from "./rules.ts";
import { unreadSettings } from "./unread-settings.ts";

const root = path.join(import.meta.dirname, "../../../..");

/** As written for the earlier system. */
const EARLIER = `
HOST=0.0.0.0
DB_SERVER=localhost
DB_POOL_SIZE=50
DB_MAX_OVERFLOW=100
JWT_SECRET=a-secret-that-signs-tokens-32-bytes
JWT_ALGORITHM=HS256
JWT_EXPIRATION_MINUTES=1440
REDIS_URL=redis://localhost:6379
REDIS_REQUIRED=False
REDIS_MAX_CONNECTIONS=200
REDIS_SOCKET_TIMEOUT=5.0
REDIS_RETRY_ON_TIMEOUT=True
WS_MAX_CONNECTIONS=10000
MINIO_ENDPOINT=localhost:9000
MINIO_ACCESS_KEY=minioadmin
MINIO_SECRET_KEY=minioadmin
MINIO_SECURE=False
MEILISEARCH_URL=http://localhost:7700
MEILISEARCH_MASTER_KEY=a-master-key
VITE_API_URL=http://localhost:8001
VITE_MINIO_URL=http://localhost:9000
TEST_DB_NAME=test
MSSQL_SA_PASSWORD=a-password-of-theirs
SMTP_HOST=mail.example.org
`;

test("the earlier system's settings start Guildhall as they are written", () => {
  const env = readEnv(parseEnv(EARLIER) as Record<string, string>);
  expect(env).toMatchObject({
    DB_POOL_SIZE: 50,
    DB_MAX_OVERFLOW: 100,
    REDIS_REQUIRED: false,
    REDIS_MAX_CONNECTIONS: 200,
    REDIS_SOCKET_TIMEOUT: 5,
    REDIS_RETRY_ON_TIMEOUT: true,
    MINIO_ENDPOINT: "localhost",
    MINIO_PORT: 9000,
    MINIO_SECURE: false,
    MEILISEARCH_KEY: "a-master-key",
  });
});

test("what of them is not read is named, with what to set instead, and no value", () => {
  const source = parseEnv(EARLIER) as Record<string, string>;
  const told = unreadSettings({ source, inFile: Object.keys(source) });
  expect(told).toEqual([
    expect.stringMatching(/^MSSQL_SA_PASSWORD \(.*set DATABASE_URL/),
    expect.stringMatching(/^SMTP_HOST \(set SMTP_URL=/),
    expect.stringMatching(/^TEST_DB_NAME \(/),
    "VITE_MINIO_URL (set MINIO_PUBLIC_URL)",
  ]);
  expect(told.join()).not.toContain("a-password-of-theirs");
});

test.each([
  ["minio.example.org", "minio.example.org", undefined, false],
  ["minio.example.org:9000", "minio.example.org", 9000, false],
  ["http://minio:9000", "minio", 9000, false],
  ["https://minio.example.org/", "minio.example.org", undefined, true],
  ["HTTPS://[::1]:9443", "[::1]", 9443, true],
])("MINIO_ENDPOINT=%s is %s, port %s, TLS %s", (given, host, port, secure) => {
  const keys = { MINIO_ACCESS_KEY: "a", MINIO_SECRET_KEY: "b" };
  expect(readEnv({ ...keys, MINIO_ENDPOINT: given })).toMatchObject({
    MINIO_ENDPOINT: host,
    MINIO_PORT: port,
    MINIO_SECURE: secure,
  });
});

test.each([
  [{ MINIO_ENDPOINT: "minio:9000", MINIO_PORT: "9001" }, /has port 9000, but MINIO_PORT is 9001/],
  [
    { MINIO_ENDPOINT: "https://minio", MINIO_SECURE: "False" },
    /https:\/\/ and MINIO_SECURE is false/,
  ],
  [{ MINIO_ENDPOINT: "minio/bucket" }, /^MINIO_ENDPOINT must be the host name/],
])("%o is refused with a sentence", (given, sentence) => {
  expect(() => readEnv({ MINIO_ACCESS_KEY: "a", MINIO_SECRET_KEY: "b", ...given })).toThrow(
    sentence,
  );
});

test.each(["True", "TRUE", "true", "1", "yes", "On"])("%s is yes", (yes) => {
  expect(readEnv({ TRUST_PROXY: yes, REDIS_REQUIRED: "False" })).toMatchObject({
    REDIS_REQUIRED: false,
  });
  expect(readEnv({ REDIS_REQUIRED: yes }).REDIS_REQUIRED).toBe(true);
});

test.each([
  ["DB_POOLSIZE", "did you mean DB_POOL_SIZE?"],
  ["PUBLIC_ULR", "did you mean PUBLIC_URL?"],
  ["public_url", "did you mean PUBLIC_URL?"],
  ["REGISTRATIONS", "did you mean REGISTRATION?"],
  ["DB_HOST", "set DB_SERVER"],
  ["REDIS_PASSWORD", "set REDIS_URL=redis://:password@host:6379/0"],
])("a misspelt or foreign %s in the environment is told: %s", (name, advice) => {
  expect(unreadSettings({ source: { [name]: "x" }, inFile: [] })).toEqual([`${name} (${advice})`]);
});

test("other programs' names in the environment are none of ours; in our own file they are named", () => {
  const source = {
    PATH: "/bin",
    HOME: "/root",
    EDITOR: "vi",
    POSTGRES_USER: "x",
    NODE_OPTIONS: "-r",
  };
  expect(unreadSettings({ source, inFile: [] })).toEqual([]);
  const inFile = Object.keys(source);
  expect(unreadSettings({ source, inFile })).toEqual(["EDITOR", "POSTGRES_USER"]);
  expect(unreadSettings({ source: { DB_POOLSIZE: " " }, inFile: ["DB_POOLSIZE"] })).toEqual([]);
});

test("no setting of ours is taken for a slip of another", () => {
  const source = Object.fromEntries(Object.keys(rules).map((name) => [name, "x"]));
  expect(unreadSettings({ source, inFile: Object.keys(source) })).toEqual([]);
});

/** Read where the desktop app is built, and not by the server. */
const whenBuilt = ["VITE_API_URL", "VITE_DESKTOP_FEED_KEYS", "VITE_DESKTOP_FEED_URL"];

test("the README's table names every setting, and no other", () => {
  const rows = readFileSync(path.join(root, "README.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|")[1] ?? "");
  const named = rows.flatMap((cell) =>
    [...cell.matchAll(/`([A-Z][A-Z_…]+)`/g)].map(([, n]) => n ?? ""),
  );
  const covers = (name: string, setting: string) =>
    name.endsWith("…") ? setting.startsWith(name.slice(0, -1)) : name === setting;
  const settings = [...Object.keys(rules), ...whenBuilt];
  expect(settings.filter((each) => !named.some((name) => covers(name, each)))).toEqual([]);
  expect(named.filter((name) => !settings.some((each) => covers(name, each)))).toEqual([]);
});
