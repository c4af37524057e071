import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { startTestRedis } from "@guildhall/testing/redis";
import { afterAll, expect, test } from "vitest";
import { createRedisBus } from "./redis-bus.ts";

const folder = mkdtempSync(path.join(tmpdir(), "guildhall-tls-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Signed by itself, so it is also the authority; null when this machine cannot make one. */
function makeCertificate() {
  const [cert, key] = [path.join(folder, "cert.pem"), path.join(folder, "key.pem")];
  const request = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2";
  const about = ["-subj", "/CN=guildhall-test", "-addext", "subjectAltName=IP:127.0.0.1"];
  try {
    execFileSync("openssl", [...request.split(" "), ...about, "-keyout", key, "-out", cert], {
      stdio: "ignore",
    });
  } catch {
    return null; // No openssl here: the test is skipped, and says so.
  }
  return { cert, key, ca: cert };
}

test("rediss:// speaks TLS, and only with a server that can be trusted", async ({ skip }) => {
  const tls = makeCertificate() ?? skip("openssl is not there to make a certificate");
  const redis = await startTestRedis({ tls });
  const settings = {
    urls: [redis.url],
    prefix: "tls",
    maxConnections: 2,
    socketTimeoutSeconds: 2,
    retryOnTimeout: true,
    log: { info() {}, warn() {} },
  };
  const stranger = createRedisBus(settings);
  expect(await stranger.within(1_000)).toBe(false);
  expect(stranger.problem).toMatch(/self-signed certificate/);
  await stranger.stop();

  const before = getCACertificates("default");
  setDefaultCACertificates([...before, readFileSync(tls.ca, "utf8")]);
  const [ann, ben] = [createRedisBus(settings), createRedisBus(settings)];
  try {
    const heard: unknown[] = [];
    ben.listen("feed:1", (message) => heard.push(message));
    expect(await Promise.all([ann.within(120_000), ben.within(120_000)])).toEqual([true, true]);
    ann.publish("feed:1", "secret");
    await expect.poll(() => heard).toEqual(["secret"]);
  } finally {
    setDefaultCACertificates(before);
    await ann.stop();
    await ben.stop();
    await redis.stop();
  }
});
