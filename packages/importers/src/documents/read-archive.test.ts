import { readFileSync } from "node:fs";
import path from "node:path";
import { hasRealFiles, lying, REAL, zipOf } from "@guildhall/testing/document-imports";
import { zipSync } from "fflate";
import { expect, test } from "vitest";
import { sourceOf } from "./byte-source.ts";
import { contentOf, readArchive } from "./read-archive.ts";

const text = new TextEncoder().encode("/etc/passwd");
const bytesOf = (words: string) => new TextEncoder().encode(words);
const long = "The wheel turns and turns. ".repeat(20);
/** One letter of what is in it. */
const changed = (zip: Uint8Array) => zip.map((byte, at) => (at === 36 ? byte ^ 1 : byte));
const asLink = { os: 3, attrs: 0o120777 << 16 };
const many = (count: number) =>
  zipSync(Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}`, bytesOf("x")])), {
    level: 0,
  });
/** Each says that it is 1 MB, which harms nobody; together they do. */
const together = () => {
  const count = 5 * 1024 + 1;
  const zip = Buffer.from(many(count));
  let at = zip.readUInt32LE(zip.length - 22 + 16);
  for (let n = 0; n < count; n++) {
    zip.writeUInt16LE(8, at + 10);
    zip.writeUInt32LE(1024 * 1024, at + 24);
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30);
  }
  return zip;
};
const real = (name: string) => () => readFileSync(path.join(REAL, "files/zip", name));

const made: [string, string, () => Uint8Array][] = [
  ["zip_too_many_files", "10,000 entries", () => many(10_000)],
  ["zip_too_large", "a bomb", () => zipOf({ "a.md": new Uint8Array(4 * 1024 * 1024) })],
  ["zip_unsafe_path", "a path upwards", () => zipOf({ "b/../../a.md": "x" })],
  ["zip_unsafe_path", "an absolute path", () => zipOf({ "/a.md": "x" })],
  ["zip_unsafe_path", "a drive", () => zipOf({ "C:/a.md": "x" })],
  ["zip_unsafe_path", "backslashes", () => zipOf({ "a\\..\\b.md": "x" })],
  ["zip_unsafe_path", "a drive without a slash", () => zipOf({ "C:a.md": "x" })],
  ["zip_unsafe_path", "a share", () => zipOf({ "\\\\host\\a.md": "x" })],
  ["zip_unsafe_path", "NUL in a name", () => zipOf({ "a\0.md": "x" })],
  ["zip_encrypted", "a password", () => lying(zipOf({ "a.md": "x" }), 0, { flags: 1 })],
  ["zip_broken", "strong encryption", () => lying(zipOf({ "a.md": "x" }), 0, { flags: 0x41 })],
  [
    "zip_broken",
    "a smaller size than it has",
    () => lying(zipOf({ "a.md": long }), 0, { size: 9 }),
  ],
  [
    "zip_broken",
    "a larger size than it has",
    () => lying(zipOf({ "a.md": long }), 0, { size: 9999 }),
  ],
  [
    "zip_too_large",
    "4 GB in 9 bytes",
    () => lying(zipOf({ "a.md": "x" }), 0, { size: 0xfffffffe }),
  ],
  [
    "zip_too_large",
    "entries over one another",
    () => lying(zipOf({ a: long, b: long }), 1, { offset: 0 }),
  ],
  ["zip_too_large", "much in many small ones", together],
  [
    "zip_broken",
    "a name twice",
    () => lying(zipOf({ "a.md": "x", "b.md": "y" }), 1, { name: bytesOf("a.md") }),
  ],
  [
    "zip_broken",
    "other bytes than were packed",
    () => changed(zipSync({ "a.md": bytesOf("as it was") }, { level: 0 })),
  ],
  ["zip_broken", "no zip", () => bytesOf("PK\x03\x04 and nothing")],
  ["zip_has_links", "a link to elsewhere", () => zipSync({ "link.md": [text, asLink] })],
  ["zip_broken", "half of a zip", () => zipOf({ "a.md": "x".repeat(999) }).slice(0, 60)],
];
const found: typeof made = [
  ["zip_unsafe_path", "zip-slip", real("invalid relative path xt.zip")],
  ["zip_broken", "a size that nothing has", real("unexpected EOF.zip")],
  ["zip_unsafe_path", "backslash.zip", real("backslash.zip")],
  ["zip_encrypted", "encrypted.zip", real("encrypted.zip")],
  ["zip_has_links", "symlink.zip", real("symlink-tuzovakaoff.zip")],
];
if (!hasRealFiles) console.log("The odd archives of ../shared/data are not here: not run.");

test.each(hasRealFiles ? [...made, ...found] : made)("%s: %s", async (reason, _, bytes) => {
  const read = async () => {
    for (const file of await readArchive(sourceOf(bytes()))) await contentOf(file);
  };
  await expect(read()).rejects.toMatchObject({ reason });
});

test("names are read as their program wrote them; of those alike but for capitals, both are kept", async () => {
  const names = { "né.md": "1", "NÉ.md": "2", "x/./a.md": "3" };
  const noFlag = (zip: Uint8Array, n: number) => lying(zip, n, { flags: 0 });
  const unsaid = [0, 1, 2].reduce(noFlag, zipOf(names));
  const read = async (zip: Uint8Array) =>
    (await readArchive(sourceOf(zip))).map((file) => file.path);
  expect(await read(unsaid)).toEqual(["né.md", "NÉ.md", "x/a.md"]);
  // Of neither: the signs of the first PCs.
  const old = lying(noFlag(zipOf({ "n__.md": "1" }), 0), 0, { name: Uint8Array.of(0x6e, 0x82) });
  expect(await read(old)).toEqual(["né_.md"]);
});

test("names in any script are kept, and folders are no files", async () => {
  const files = await readArchive(sourceOf(zipOf({ "🔒 公钥/é.md": "x", "empty/": "" })));
  expect(files.map((file) => file.path)).toEqual(["🔒 公钥/é.md"]);
});
