import { readFileSync } from "node:fs";
import path from "node:path";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { hasRealFiles, REAL, zipOf } from "../testing.ts";
import { readArchive } from "./read-archive.ts";

const text = new TextEncoder().encode("/etc/passwd");
const asLink = { os: 3, attrs: 0o120777 << 16 };
const many = () =>
  zipOf(Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`${n}`, ""])));
const real = (name: string) => () => readFileSync(path.join(REAL, "files/zip", name));

const made: [string, string, () => Uint8Array][] = [
  ["zip_too_many_files", "10,000 entries", many],
  ["zip_too_large", "a bomb", () => zipOf({ "a.md": new Uint8Array(4 * 1024 * 1024) })],
  ["zip_unsafe_path", "a path upwards", () => zipOf({ "b/../../a.md": "x" })],
  ["zip_unsafe_path", "an absolute path", () => zipOf({ "/a.md": "x" })],
  ["zip_unsafe_path", "a drive", () => zipOf({ "C:/a.md": "x" })],
  ["zip_unsafe_path", "backslashes", () => zipOf({ "a\\..\\b.md": "x" })],
  ["zip_has_links", "a link to elsewhere", () => zipSync({ "link.md": [text, asLink] })],
  ["zip_broken", "half of a zip", () => zipOf({ "a.md": "x".repeat(999) }).slice(0, 60)],
];
const found: typeof made = [
  ["zip_unsafe_path", "zip-slip", real("invalid relative path xt.zip")],
  ["zip_too_large", "a size that nothing has", real("unexpected EOF.zip")],
  ["zip_unsafe_path", "backslash.zip", real("backslash.zip")],
  ["zip_encrypted", "encrypted.zip", real("encrypted.zip")],
  ["zip_has_links", "symlink.zip", real("symlink-tuzovakaoff.zip")],
];
if (!hasRealFiles) console.log("The odd archives of ../shared/data are not here: not run.");

test.each(hasRealFiles ? [...made, ...found] : made)("%s: %s", async (reason, _, bytes) => {
  const read = async () => {
    for (const file of await readArchive(Buffer.from(bytes()))) await file.read();
  };
  await expect(read()).rejects.toMatchObject({ reason });
});

test("names in any script are kept, and folders are no files", async () => {
  const files = await readArchive(Buffer.from(zipOf({ "🔒 公钥/é.md": "x", "empty/": "" })));
  expect(files.map((file) => file.path)).toEqual(["🔒 公钥/é.md"]);
});
