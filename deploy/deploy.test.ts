/** The compose file and the manifest against the server they start: names, ports, probes, arithmetic. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { readEnv } from "../apps/server/src/settings/env.ts";
import { rules } from "../apps/server/src/settings/rules.ts";

const read = (file: string) => readFileSync(path.join(import.meta.dirname, file), "utf8");

type Service = {
  image: string;
  environment?: Record<string, string>;
  ports?: string[];
  deploy?: { replicas: string };
  stop_grace_period?: string;
  read_only?: boolean;
};
type Compose = { services: Record<string, Service> };
type Probe = { httpGet: { path: string; port: string } };
type Container = {
  ports: { name: string; containerPort: number }[];
  env: { name: string; valueFrom: { secretKeyRef: { key: string } } }[];
  startupProbe: Probe;
  readinessProbe: Probe;
  livenessProbe: Probe;
};
type Pods = { terminationGracePeriodSeconds: number; containers: [Container] };

const compose: Compose = parse(read("compose.yaml"), { merge: true });
const manifest = parseAllDocuments(read("kubernetes.yaml")).map((document) => {
  expect(document.errors).toEqual([]);
  return document.toJS();
});
const kind = (name: string) => manifest.find((each) => each.kind === name);
const deployment: { replicas: number; template: { spec: Pods } } = kind("Deployment").spec;
const pods = deployment.template.spec;
const [container] = pods.containers;
const settings: Record<string, string> = kind("ConfigMap").data;
const example = parseEnv(read(".env.example"));
const dockerfile = read("Dockerfile");

/** What only the compose file and its other services read. */
const COMPOSE_ONLY = ["REPLICAS", "S3_RPC_SECRET", "S3_ACCESS_KEY", "S3_SECRET_KEY"];
const known = [...Object.keys(rules), "NODE_ENV"];

/** Makes of the words that the files leave open what a person would put there. */
const filledIn = { JWT_SECRET: "x".repeat(64), DB_PASSWORD: "a password", METRICS_TOKEN: "" };
const given: Record<string, string | undefined> = { ...example, ...filledIn };
const interpolate = (text: string) =>
  text.replace(/\$\{(\w+)(?::[-?]([^}]*))?\}/g, (_, name, otherwise = "") => {
    return given[name] || otherwise;
  });

test("every setting that the files name is one that the server reads", () => {
  const open = [...read("compose.yaml").matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
  const [inImage = ""] = /^ENV NODE_ENV=.*$/m.exec(dockerfile) ?? [];
  const names = [
    ...Object.keys(compose.services.guildhall?.environment ?? {}),
    ...Object.keys(compose.services.proxy?.environment ?? {}),
    ...open.filter((name) => !COMPOSE_ONLY.includes(String(name))),
    ...Object.keys(example).filter((name) => !COMPOSE_ONLY.includes(name)),
    ...Object.keys(settings),
    ...container.env.map(({ name }) => name),
    ...[...inImage.matchAll(/(\w+)=/g)].map(([, name]) => name),
  ];
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !known.includes(String(name)))).toEqual([]);
  // Each is in the Secret under its own name.
  for (const { name, valueFrom } of container.env) expect(valueFrom.secretKeyRef.key).toBe(name);
});

test("the compose file's settings pass the server's own reading, and workers share what they must", () => {
  const { environment = {}, deploy } = compose.services.guildhall ?? {};
  const own = Object.entries(environment).map(([name, value]) => [
    name,
    interpolate(String(value)),
  ]);
  const env = readEnv({ ...given, ...Object.fromEntries(own) });
  expect(Number(interpolate(deploy?.replicas ?? ""))).toBeGreaterThan(1);
  expect(env.databaseUrl).toBe("postgres://guildhall:a%20password@postgres:5432/guildhall");
  expect(env.REDIS_URL).toEqual(["redis://redis:6379"]);
  expect(env).toMatchObject({
    JWT_SECRET: filledIn.JWT_SECRET,
    HOST: "0.0.0.0",
    TRUST_PROXY: 1,
  });
  expect(compose.services).toMatchObject({ postgres: {}, redis: {}, proxy: {}, s3: {} });
  // No image without a version, and only the proxy is reached from outside.
  for (const [name, { image, ports }] of Object.entries(compose.services)) {
    if (name !== "guildhall") expect(image).toMatch(/:v?\d+\.\d+/);
    expect(Boolean(ports), name).toBe(name === "proxy");
  }
});

test("the manifest's settings pass too, with several pods that share Redis, database and secret", () => {
  const secrets: Record<string, string> = {
    DATABASE_URL: "postgres://guildhall:password@postgres:5432/guildhall",
    REDIS_URL: "redis://redis:6379",
    JWT_SECRET: filledIn.JWT_SECRET,
    METRICS_TOKEN: "x".repeat(48),
  };
  expect(container.env.map(({ name }) => name).sort()).toEqual(Object.keys(secrets).sort());
  for (const name of Object.keys(secrets)) expect(read("kubernetes.yaml")).toContain(`=${name}=`);
  expect(readEnv({ ...settings, ...secrets }).HOST).toBe("0.0.0.0");
  expect(deployment.replicas).toBeGreaterThan(1);
});

test("ports, probes and the time to stop are those of the server", () => {
  const port = 8001;
  expect(dockerfile).toContain(`EXPOSE ${port}`);
  expect(dockerfile).toContain(`PORT=${port}`);
  expect(String(compose.services.guildhall?.environment?.PORT)).toBe(String(port));
  expect(read("Caddyfile")).toContain(`port ${port}`);
  expect(read("nginx.conf").match(/server [\d.]+:8001 /g)).toHaveLength(3);
  expect(settings.PORT).toBe(String(port));
  expect(container.ports).toEqual([{ name: "http", containerPort: port }]);
  expect(kind("Service").spec.ports[0].targetPort).toBe("http");
  expect(container.startupProbe.httpGet).toEqual({ path: "/healthz", port: "http" });
  expect(container.livenessProbe.httpGet).toEqual({ path: "/healthz", port: "http" });
  // A full disk hinders who writes; taken out of the service, nobody could read either.
  expect(container.readinessProbe.httpGet).toEqual({ path: "/readyz?reads", port: "http" });
  expect(dockerfile).toContain("/readyz");
  expect(pods.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(15);
  expect(Number.parseInt(compose.services.guildhall?.stop_grace_period ?? "", 10)).toBeGreaterThan(
    10,
  );
});
