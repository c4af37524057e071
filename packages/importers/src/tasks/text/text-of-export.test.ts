import { refusal } from "@guildhall/testing/export-files";
import { expect, test } from "vitest";
import { textOfExport } from "./text-of-export.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2));
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(index * 2, text.charCodeAt(index), littleEndian);
  }
  return new Uint8Array(view.buffer);
}

test("UTF-8 is read with and without a byte order mark", () => {
  expect(textOfExport(utf8("aé🎉"))).toBe("aé🎉");
  expect(textOfExport(utf8("\ufeffTitle"))).toBe("Title");
});

test("UTF-16 is read when a byte order mark says so, and asked for otherwise", () => {
  expect(textOfExport(utf16("\ufeffTïtle,🎉", true))).toBe("Tïtle,🎉");
  expect(textOfExport(utf16("\ufeffTïtle,🎉", false))).toBe("Tïtle,🎉");
  const bare = refusal(() => textOfExport(utf16("title,body\nx,y", true)));
  expect(bare.reason).toBe("file_not_utf8");
  expect(bare.message).toContain("UTF-16 without a byte order mark");
  const half = refusal(() => textOfExport(utf16("\ufeffab", true).slice(0, -1)));
  expect(half.reason).toBe("file_truncated");
});

test.each([
  ["Latin-1", [0x63, 0x61, 0x66, 0xe9, 0x2c], 8],
  ["Shift-JIS", [0x83, 0x65, 0x83, 0x58], 5],
  ["an overlong slash", [0xc0, 0xaf], 5],
  ["a surrogate", [0xed, 0xa0, 0x80], 5],
  ["beyond Unicode", [0xf4, 0x90, 0x80, 0x80], 5],
])("%s is refused with its line and byte, and how to save it", (_name, bytes, offset) => {
  const error = refusal(() => textOfExport(new Uint8Array([0x61, 10, 0x62, 10, 0x63, ...bytes])));
  expect(error.reason).toBe("file_not_utf8");
  expect(error.message).toContain("line 3");
  expect(error.message).toMatch(new RegExp(`at byte ${offset}|at byte ${offset + 1}`));
  expect(error.message).toContain("CSV UTF-8");
});

test("a file that ends inside a character is a file without its end", () => {
  const error = refusal(() => textOfExport(utf8("a\nb🎉").slice(0, -1)));
  expect(error.reason).toBe("file_truncated");
  expect(error.message).toContain("line 2");
});

test("our decoder and the platform's agree on every two- and three-byte start", () => {
  const strict = new TextDecoder("utf-8", { fatal: true });
  for (let lead = 0x80; lead < 0x100; lead += 1) {
    for (const second of [0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0]) {
      const bytes = new Uint8Array([0x61, lead, second, 0x80, 0x80, 0x61]);
      const accepts = (read: () => unknown) => {
        try {
          read();
          return true;
        } catch {
          return false;
        }
      };
      expect(accepts(() => textOfExport(bytes))).toBe(accepts(() => strict.decode(bytes)));
    }
  }
});

test("workbooks, archives and pictures are named for what they are", () => {
  const zip = refusal(() => textOfExport(new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])));
  expect(zip.reason).toBe("file_wrong_kind");
  expect(zip.message).toContain("Excel workbook");
});

test("nothing and white space are empty files", () => {
  expect(refusal(() => textOfExport(new Uint8Array())).reason).toBe("file_empty");
  expect(refusal(() => textOfExport(utf8("\ufeff \r\n"))).reason).toBe("file_empty");
});
