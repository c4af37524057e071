import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeRelease, makeSigningKey } from "@guildhall/testing/desktop-release";
import { afterAll, expect, test } from "vitest";
import { openFeed, readFeed } from "./signed-feed.ts";

const folder = mkdtempSync(path.join(tmpdir(), "guildhall-feed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { privateKey, publicKey } = makeSigningKey();
const other = makeSigningKey();
const name = "latest-linux.yml";
const text = makeRelease(folder, { version: "1.2.3", files: { "a.AppImage": "app" }, privateKey });
const open = (feed: string, as = name, keys = [publicKey]) => openFeed(as, feed, keys);

test("a feed is what its makers signed, under any of the keys that the app knows", () => {
  expect(open(text)).toMatchObject({ version: "1.2.3", files: [{ url: "a.AppImage", size: 3 }] });
  expect(open(text, name, [other.publicKey, publicKey]).version).toBe("1.2.3");
});

test("one that was changed, is of another key or another system, or isn't signed, is refused", () => {
  const refusals = {
    tampered: () => open(text.replace("1.2.3", "1.2.4")),
    other_key: () => open(text, name, [other.publicKey]),
    unsigned: () => open(text.slice(text.indexOf("\n") + 1)),
  };
  for (const [reason, act] of Object.entries(refusals)) {
    expect(act, reason).toThrow(expect.objectContaining({ reason }));
  }
  expect(() => open(text, "latest.yml")).toThrow(expect.objectContaining({ reason: "tampered" }));
  // Whose it says it is, is not whose it is.
  const [line = "", ...rest] = text.split("\n");
  const theirs = makeRelease(folder, {
    ...{ version: "6.6.6", files: { "a.AppImage": "bad" }, privateKey: other.privateKey },
  });
  const forged = [line.slice(0, 36) + theirs.slice(36, theirs.indexOf("\n")), ...rest].join("\n");
  expect(() => open(forged)).toThrow(expect.objectContaining({ reason: "tampered" }));
});

test("names a file only by one plain name", () => {
  for (const url of ["../a", "/etc/passwd", "https://elsewhere.example/a", "a\\b", ".hidden", ""]) {
    const bad = text.replace('"a.AppImage"', JSON.stringify(url));
    expect(() => readFeed(bad), url).toThrow(expect.objectContaining({ reason: "unreadable" }));
  }
});
