import { expect, test, vi } from "vitest";
import {
  applyUpdate,
  Doc,
  decodeUpdate,
  encodeStateAsUpdate,
  encodeStateVector,
  mergeUpdates,
  XmlElement,
  XmlText,
} from "yjs";
import { cutUpdate, packUpdates } from "./cut-update.ts";

// Texts as long as a book.
vi.setConfig({ testTimeout: 60_000 });

const textOf = (doc: Doc) => doc.getXmlFragment("default").toString();

function read(updates: readonly Uint8Array[]): string {
  const doc = new Doc();
  for (const update of updates) applyUpdate(doc, update);
  expect(doc.store.pendingStructs).toBeNull();
  expect(doc.store.pendingDs).toBeNull();
  return textOf(doc);
}

/** As the editor makes it: one update of one transaction. */
function pasted(doc: Doc, lines: readonly string[]): Uint8Array {
  const updates: Uint8Array[] = [];
  const listen = (update: Uint8Array) => updates.push(update);
  doc.on("update", listen);
  doc.transact(() => {
    const root = doc.getXmlFragment("default");
    const made = lines.map((line, i) => {
      const paragraph = new XmlElement("paragraph");
      if (i % 7 === 0) paragraph.setAttribute("level", "2");
      paragraph.insert(0, [new XmlText(line)]);
      return paragraph;
    });
    root.insert(root.length, made);
  });
  doc.off("update", listen);
  return updates[0] as Uint8Array;
}

function expectSmall(pieces: readonly Uint8Array[]) {
  for (const piece of pieces) {
    expect(piece.length).toBeLessThan(128 * 1024);
    expect(decodeUpdate(piece).structs.length).toBeLessThanOrEqual(2_000);
  }
}

test("thousands of lines are cut into pieces that are small, in order, and the same together", () => {
  const doc = new Doc();
  const update = pasted(
    doc,
    Array.from({ length: 8_000 }, (_, i) => `line ${i} über 🙂`),
  );
  const pieces = cutUpdate(update);
  expect(pieces.length).toBeGreaterThan(10);
  expectSmall(pieces);
  expect(read(pieces)).toBe(textOf(doc));
  // A beginning of them is a beginning of the text, with no hole.
  const half = read(pieces.slice(0, 5));
  expect(half.length).toBeGreaterThan(1_000);
  expect(textOf(doc).startsWith(half.slice(0, half.lastIndexOf("<paragraph")))).toBe(true);
});

test("one endless line is cut between letters, also where each is two halves", () => {
  for (const letter of ["x", "🙂", "ä", "a🙂"]) {
    const doc = new Doc();
    const pieces = cutUpdate(pasted(doc, [letter.repeat(400_000 / letter.length)]));
    expectSmall(pieces);
    expect(read(pieces)).toBe(textOf(doc));
  }
});

test("what is pasted over something, by several writers, with deletions without end", () => {
  const [ann, ben] = [new Doc(), new Doc()];
  pasted(
    ann,
    Array.from({ length: 1_500 }, (_, i) => `ann ${i}`),
  );
  applyUpdate(ben, encodeStateAsUpdate(ann));
  const before = encodeStateVector(ann);
  pasted(
    ben,
    Array.from({ length: 1_500 }, (_, i) => `ben ${i}`),
  );
  ben.transact(() => {
    const root = ben.getXmlFragment("default");
    // Every second one: no two of the ranges touch.
    for (let i = root.length - 1; i > 0; i -= 2) root.delete(i, 1);
  });
  const update = mergeUpdates([encodeStateAsUpdate(ben, before), encodeStateAsUpdate(ann)]);
  const pieces = cutUpdate(update);
  expectSmall(pieces);
  expect(read(pieces)).toBe(textOf(ben));
  // In whatever order, and twice, as after an unclear answer.
  expect(read([...pieces.toReversed(), ...pieces])).toBe(textOf(ben));
});

test("what comes behind something that is not in it, and what is small, stay as they are", () => {
  const doc = new Doc();
  const first = pasted(doc, ["first"]);
  const missing = pasted(doc, ["missing"]);
  const rest = pasted(
    doc,
    Array.from({ length: 1_500 }, (_, i) => `rest ${i}`),
  );
  expect(cutUpdate(first)).toEqual([first]);
  const pieces = packUpdates([first, rest]);
  expect(pieces.length).toBeGreaterThan(1);
  expect(read([...pieces, missing])).toBe(textOf(doc));
});
