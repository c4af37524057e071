import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseEnv } from "node:util";
import { instanceSettings } from "@guildhall/api/server";
import { expect, test } from "vitest";
import { readEnv } from "./env.ts";
import { keptSecret } from "./kept-secret.ts";
import { rules } from "./rules.ts";

const problem = (source: Record<string, string>) => {
  try {
    readEnv(source);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
};

test("several workers need a Redis to hear each other by", () => {
  expect(problem({ WORKERS: "2" })).toMatch(/^WORKERS above 1 needs REDIS_URL: /);
  expect(problem({ WORKERS: "2", REDIS_URL: "redis://localhost" })).toBeNull();
});

test("nothing given is a working setting", () => {
  const env = readEnv({});
  expect(env).toMatchObject({
    HOST: "127.0.0.1",
    PORT: 8001,
    databaseUrl: null,
    LOG_LEVEL: "info",
  });
  expect(env.GUILDHALL_DATA).toBe(path.resolve("data"));
});

test.each([
  ["PORT", "abc", /^PORT must be a port, 0 to 65535, but is "abc"\. Example: PORT=8001$/],
  ["PORT", "70000", /^PORT must be a port/],
  ["HOST", "http://x", /^HOST must be the address to listen on/],
  ["PUBLIC_URL", "guildhall.example.org", /^PUBLIC_URL must .+ with http:\/\/ or https:\/\//],
  ["ALLOWED_ORIGINS", "https://a.example/path", /^ALLOWED_ORIGINS must be a comma-separated list/],
  ["DB_POOL_SIZE", "0", /^DB_POOL_SIZE must be a whole number, 1 to 1000, but is "0"/],
  ["JWT_ALGORITHM", "none", /^JWT_ALGORITHM must be HS256, HS384 or HS512, but is "none"/],
  ["JWT_EXPIRATION_MINUTES", "1.5", /^JWT_EXPIRATION_MINUTES must be a whole number of minutes/],
  ["REGISTRATION", "shut", /^REGISTRATION must be open, invite or closed, but is "shut"/],
  ["REGISTRATION_DOMAINS", "example", /^REGISTRATION_DOMAINS must be domains/],
  ["LOG_LEVEL", "loud", /^LOG_LEVEL must be/],
  ["MAIL_FROM", "nobody", /^MAIL_FROM must be a mail address/],
])("%s=%s is refused with a sentence and an example", (name, value, sentence) => {
  expect(problem({ [name]: value })).toMatch(sentence);
  expect(problem({ [name]: value })).toContain(`Example: ${name}=`);
});

test("a wrong secret is named and never shown", () => {
  for (const name of ["JWT_SECRET", "DATABASE_URL", "SMTP_URL"]) {
    const said = problem({ [name]: "hunter2" });
    expect(said).toMatch(new RegExp(`^${name} must`));
    expect(said).not.toContain("hunter2");
  }
});

test("everything that is wrong is said at once", () => {
  expect(String(problem({ PORT: "x", JWT_ALGORITHM: "x" })).split("\n")).toHaveLength(2);
});

test("the database may be given in parts, with any character in the password", () => {
  const { databaseUrl } = readEnv({ DB_SERVER: "db.example.org", DB_PASSWORD: "p@ss/word:#" });
  const url = new URL(databaseUrl ?? "");
  expect([url.hostname, url.port || "5432", url.pathname, url.username]).toEqual([
    "db.example.org",
    "5432",
    "/guildhall",
    "guildhall",
  ]);
  expect(decodeURIComponent(url.password)).toBe("p@ss/word:#");
  expect(problem({ DB_SERVER: "a", DATABASE_URL: "postgres://a/b" })).toMatch(/not both/);
});

test(".env.example names every variable, and its values are the defaults", () => {
  const text = readFileSync(path.join(import.meta.dirname, "../../../../.env.example"), "utf8");
  const named = [...text.matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]);
  expect(named.filter((name) => !name?.startsWith("VITE_")).sort()).toEqual(
    Object.keys(rules).sort(),
  );
  const { databaseUrl: _, ...defaults } = readEnv({});
  expect(readEnv(parseEnv(text) as Record<string, string>)).toMatchObject(defaults);
});

test("a secret that is not given is made once, for its owner only", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "guildhall-secret-"));
  const first = keptSecret(folder, "jwt-secret");
  expect(first.length).toBeGreaterThanOrEqual(64);
  expect(keptSecret(folder, "jwt-secret")).toBe(first);
  expect(statSync(path.join(folder, "jwt-secret")).mode & 0o777).toBe(0o600);
  rmSync(folder, { recursive: true });
});

test("each setting of the instance has a variable, which says nothing when it is not given", () => {
  const env: Record<string, unknown> = readEnv({});
  for (const { variable } of Object.values(instanceSettings)) {
    expect(Object.keys(rules)).toContain(variable);
    expect(env[variable]).toBeUndefined();
  }
});
