import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseEnv } from "node:util";
import { instanceSettings } from "@guildhall/api/server";
import { expect, test } from "vitest";
import { readEnv } from "./env.ts";
import { keptSecret } from "./kept-secret.ts";
import { providerRules } from "./provider-rules.ts";
import { providerVariable } from "./read-providers.ts";
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

const provider = {
  PUBLIC_URL: "https://guildhall.example.org",
  OIDC_PROVIDERS: "corp",
  OIDC_CORP_ISSUER: "https://login.example.org",
  OIDC_CORP_CLIENT_ID: "guildhall",
};

test("a provider needs an issuer and a client, and the rest has its usual value", () => {
  expect(readEnv(provider).providers).toEqual([
    {
      ...{ id: "corp", name: "Corp", issuer: "https://login.example.org", clientId: "guildhall" },
      ...{ clientSecret: undefined, scopes: "openid email profile", domains: [], roles: [] },
      ...{ claims: { verified: "email_verified", groups: "groups" } },
      ...{ groups: [], secondFactor: false, clockTolerance: 30, isInsecure: false },
    },
  ]);
  const workspaceId = "0198c0de-0000-7000-8000-000000000000";
  const roles = `cn=staff,ou=groups:x -> ${workspaceId}:editor ; * -> ${workspaceId}:viewer`;
  const [read] = readEnv({
    ...provider,
    ...{ OIDC_CORP_ROLES: roles, OIDC_CORP_DOMAINS: "Example.org, example.com" },
    OIDC_CORP_GROUPS: `staff -> ${workspaceId}:All staff: Leeds; * -> ${workspaceId}:*`,
    OIDC_CORP_SECOND_FACTOR: "mfa, urn:loa:2",
  }).providers;
  expect(read?.secondFactor).toEqual(["mfa", "urn:loa:2"]);
  expect(readEnv({ ...provider, OIDC_CORP_SECOND_FACTOR: "yes" }).providers).toMatchObject([
    { secondFactor: true },
  ]);
  expect(read?.groups).toEqual([
    { value: "staff", workspaceId, group: "All staff: Leeds" },
    { value: "*", workspaceId, group: "*" },
  ]);
  expect(read?.domains).toEqual(["example.org", "example.com"]);
  expect(read?.roles).toEqual([
    { value: "cn=staff,ou=groups:x", workspaceId, role: "editor" },
    { value: "*", workspaceId, role: "viewer" },
  ]);
});

test.each([
  ["OIDC_PROVIDERS", "corp,corp", /^OIDC_PROVIDERS must be up to 10 short names/],
  ["OIDC_CORP_ISSUER", "", /^OIDC_CORP_ISSUER must be the address of the provider/],
  ["OIDC_CORP_ISSUER", "http://login.example.org", /must begin with https:\/\//],
  ["OIDC_CORP_ISSUER", "https://login.example.org/?a=1", /without \? and #/],
  ["OIDC_CORP_INSECURE", "true", /^OIDC_CORP_INSECURE is for a provider on this machine alone/],
  ["OIDC_CORP_SCOPES", "email", /^OIDC_CORP_SCOPES must be scopes/],
  ["OIDC_CORP_ROLES", "staff -> mill:editor", /^OIDC_CORP_ROLES must be a list as in the example/],
  ["OIDC_CORP_GROUPS", "staff -> mill:x", /^OIDC_CORP_GROUPS must be a list as in the example/],
  ["OIDC_CORP_SECOND_FACTOR", "a b", /^OIDC_CORP_SECOND_FACTOR must be true, false, or values/],
  ["OIDC_CORP_DOMAINS", "no domain", /^OIDC_CORP_DOMAINS must be domains/],
  ["PUBLIC_URL", "", /^OIDC_PROVIDERS needs PUBLIC_URL/],
])("a provider's %s=%s is refused with a sentence", (name, value, sentence) => {
  expect(problem({ ...provider, [name]: value })).toMatch(sentence);
});

test("passwords are switched off only where there is another way in", () => {
  expect(problem({ PASSWORDS_OFF_DOMAINS: "example.org" })).toMatch(/needs OIDC_PROVIDERS/);
  expect(problem({ ...provider, PASSWORDS_OFF_DOMAINS: "example.org" })).toBeNull();
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
  const ofCorp = Object.keys(providerRules).map((name) => providerVariable("corp", name));
  expect(named.filter((name) => !name?.startsWith("VITE_")).sort()).toEqual(
    [...Object.keys(rules), ...ofCorp].sort(),
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
