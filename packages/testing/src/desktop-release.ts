/** A release of the desktop app as it is built and signed, whose files hold whatever a test wants. */
import { createHash, generateKeyPairSync } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Feed, publicKeyOf, signFeed } from "@guildhall/api/desktop-feed";

export function makeSigningKey(): { privateKey: string; publicKey: string } {
  const pair = generateKeyPairSync("ed25519");
  const privateKey = pair.privateKey.export({ format: "der", type: "pkcs8" }).toString("base64");
  return { privateKey, publicKey: publicKeyOf(privateKey) };
}

export type TestRelease = {
  feed?: string;
  version: string;
  files: Record<string, Uint8Array | string>;
  privateKey: string;
  publishedAt?: string;
  stagingPercentage?: number;
};

export const sha512 = (content: Uint8Array | string) =>
  createHash("sha512").update(content).digest("base64");

/** Writes the files and their feed into the folder; answers the feed's text. */
export function makeRelease(folder: string, release: TestRelease): string {
  const { feed = "latest-linux.yml", version, files, privateKey, stagingPercentage } = release;
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), content);
  }
  const named = Object.entries(files).filter(([name]) => !name.endsWith(".blockmap"));
  const content: Feed = {
    version,
    files: named.map(([url, each]) => ({
      url,
      sha512: sha512(each),
      size: Buffer.byteLength(each),
    })),
    publishedAt: release.publishedAt ?? "2026-12-01T10:00:00.000Z",
    ...(stagingPercentage !== undefined && { stagingPercentage }),
  };
  const text = signFeed(feed, content, privateKey);
  writeFileSync(path.join(folder, feed), text);
  return text;
}
