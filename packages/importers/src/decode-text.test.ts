import { expect, test } from "vitest";
import { decodeText } from "./decode-text.ts";

/** Bytes of a set that has one for each letter. */
function written(encoding: string, text: string): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const codes = new Map<string, number>();
  for (let code = 0; code < 256; code++) codes.set(decoder.decode(Uint8Array.of(code)), code);
  return Uint8Array.from(text, (letter) => codes.get(letter) ?? 63);
}

const RUSSIAN = "Первомай в современном виде возник в конце века в рабочем движении.";
test.each([
  ["windows-1252", "Straße;Größe;Müller\n1;2;Übung\n"],
  ["windows-1252", "nombre,año\nJosé,1999\nMaría,2001"],
  ["windows-1252", "Café"],
  ["windows-1250", "Zażółć gęślą jaźń. Łódź, Kraków i Gdańsk są pięknymi miastami."],
  ["windows-1251", RUSSIAN],
  ["koi8-r", RUSSIAN],
  ["iso-8859-7", "Καλημέρα κόσμε, πώς είσαι σήμερα;"],
])("%s is told by its letters: %s", (encoding, text) => {
  expect(decodeText(written(encoding, text))).toEqual({ text, encoding, isGuessed: true });
});

test("Shift_JIS is told, of which a letter has two bytes", () => {
  const bytes = Buffer.from(
    "8352839383738385815b835e815b82cd95b68e9a82f094d48d8682c588b582a48142",
    "hex",
  );
  const { text, encoding } = decodeText(bytes);
  expect([text, encoding]).toEqual(["コンピューターは文字を番号で扱う。", "shift_jis"]);
});

test("Unicode is known, also where a piece ends within a letter", () => {
  const bytes = new TextEncoder().encode("naïve 字");
  expect(decodeText(bytes)).toEqual({ text: "naïve 字", encoding: "utf-8", isGuessed: false });
  const cut = decodeText(bytes.subarray(0, -1), { isCut: true });
  expect(cut).toEqual({ text: "naïve ", encoding: "utf-8", isGuessed: false });
  expect(decodeText(bytes.subarray(0, -1)).isGuessed).toBe(true);
  const marked = Buffer.from("\ufeffnaïve 字", "utf16le");
  expect(decodeText(marked)).toEqual({ text: "naïve 字", encoding: "utf-16le", isGuessed: false });
  expect(decodeText(new Uint8Array())).toEqual({ text: "", encoding: "utf-8", isGuessed: false });
});
