import { expect, test } from "vitest";
import { isShown, KNOWN_TYPES, typeOf } from "./file-type.ts";

const ascii = (text: string) => Buffer.from(text, "latin1");

test.each<[type: string, name: string, head: Buffer]>([
  ["text/plain", "cars.txt", ascii("BMW and others")],
  ["text/plain", "a.txt", ascii("MZ is a beginning")],
  ["text/plain", "a.txt", ascii("ID3 tags are old")],
  ["text/plain", "a.png", ascii("GIF89a is how one begins")],
  ["text/plain", "a.txt", Buffer.from("\ufeffhello", "utf16le")],
  ["text/plain", "empty", Buffer.alloc(0)],
  ["text/csv", "a.csv", ascii("a,b\r\n1,2")],
  ["text/markdown", "a.md", ascii("# Title")],
  ["application/json", "a.json", ascii("{}")],
  ["application/pdf", "a.txt", ascii("%PDF-1.7\n1 0 obj")],
  ["application/rtf", "a.txt", ascii("{\\rtf1\\ansi hello")],
  ["image/svg+xml", "a.png", ascii('<?xml version="1.0"?>\n<svg xmlns="…">')],
  ["text/html", "a.txt", ascii("  <!doctype html><p>")],
  ["text/html", "a.png", Buffer.from("\ufeff<script>alert(1)</script>", "utf16le")],
  ["application/xml", "a.svg", ascii('<?xml version="1.0"?><note/>')],
  ["image/png", "a.txt", Buffer.concat([ascii("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Buffer.alloc(30)])],
  ["image/png", "broken.png", ascii("\x89PNG\r\n\x1a\nbroken")],
  ["image/jpeg", "a.exe", ascii("\xff\xd8\xff\xe0\0\x10JFIF\0")],
  ["audio/mp4", "a.m4a", ascii("\0\0\0\x18ftypM4A \0\0\0\0")],
  ["application/zip", "a.zip", ascii("PK\x03\x04\x14\0\0\0\0\0")],
  ["application/gzip", "a.csv", ascii("\x1f\x8b\x08\0\0\0")],
  ["application/octet-stream", "a.png", ascii("\x01\x02\x03\x04")],
])("%s is what %s is by its bytes", async (type, name, head) => {
  expect(await typeOf(head, name)).toBe(type);
  expect(KNOWN_TYPES).toContain(type);
});

test("nothing that a browser would run is shown", () => {
  for (const type of KNOWN_TYPES) {
    if (/html|xml|svg|javascript|shockwave|x-msdownload/.test(type)) {
      expect([type, isShown(type)]).toEqual([type, false]);
    }
  }
});
