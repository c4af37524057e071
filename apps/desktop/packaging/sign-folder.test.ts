import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openFeed } from "@guildhall/api/desktop-feed";
import { makeSigningKey, sha512 } from "@guildhall/testing/desktop-release";
import { afterAll, beforeEach, expect, it } from "vitest";
import { signRelease } from "./sign-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "guildhall-sign-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { privateKey: key, publicKey } = makeSigningKey();
const file = join(folder, "latest-linux.yml");
const read = () => openFeed("latest-linux.yml", readFileSync(file, "utf8"), [publicKey]);

beforeEach(() => {
  writeFileSync(join(folder, "Guildhall-0.2.0-linux-x64.AppImage"), "the app");
  // As electron-builder writes it.
  writeFileSync(
    file,
    `version: 0.2.0
files:
  - url: Guildhall-0.2.0-linux-x64.AppImage
    sha512: ${sha512("the app")}
    size: 7
    blockMapSize: 131072
path: Guildhall-0.2.0-linux-x64.AppImage
sha512: ${sha512("the app")}
releaseDate: '2026-12-01T09:00:00.000Z'
`,
  );
});

it("signs what was built, and again for more people", () => {
  const at = new Date("2026-12-01T10:00:00Z");
  expect(signRelease(folder, { key, percentage: 20, at })).toEqual(["latest-linux.yml"]);
  expect(read()).toMatchObject({
    ...{ version: "0.2.0", stagingPercentage: 20, publishedAt: "2026-12-01T10:00:00.000Z" },
    files: [{ url: "Guildhall-0.2.0-linux-x64.AppImage", blockMapSize: 131072 }],
  });
  signRelease(folder, { key });
  expect(read().stagingPercentage).toBeUndefined();
  expect(read().releaseDate).toBe("2026-12-01T09:00:00.000Z");
});

it("signs nothing that was changed since, and nothing with what is no key", () => {
  const before = readFileSync(file, "utf8");
  expect(() => signRelease(folder, { key: "no key" })).toThrow("isn't a signing key");
  expect(() => signRelease(folder, { key, percentage: 120 })).toThrow("from 0 to 100");
  writeFileSync(join(folder, "Guildhall-0.2.0-linux-x64.AppImage"), "tampered");
  expect(() => signRelease(folder, { key })).toThrow("was changed after it was built");
  expect(readFileSync(file, "utf8")).toBe(before);
});
