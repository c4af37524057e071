import { documentSchema, TEXT_FIELD, writeDocument } from "@guildhall/document-model";
import { initProseMirrorDoc } from "@tiptap/y-tiptap";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { type Anchor, anchorIn, type Range, rangesIn } from "./anchors.ts";
import { findQuote } from "./find-quote.ts";

const p = (text: string) => ({ type: "paragraph", content: [{ type: "text", text }] });
const list = (...items: string[]) => ({
  type: "bulletList",
  content: items.map((text) => ({ type: "listItem", content: [p(text)] })),
});

function open(...content: object[]) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, writeDocument({ type: "doc", content }));
  const type = doc.getXmlFragment(TEXT_FIELD);
  const read = () => initProseMirrorDoc(type, documentSchema);
  const synced = () => ({ doc, type, mapping: read().mapping as never });
  const rangeOf = (words: string): Range => {
    const range = findQuote(read().doc, words);
    if (!range) throw new Error(`no "${words}"`);
    return range;
  };
  return {
    type,
    anchor: (words: string) => anchorIn(synced(), rangeOf(words)),
    /** What stands there now; null when it is gone. */
    words(anchor: Anchor) {
      const range = rangesIn(synced(), [["a", anchor]]).get("a");
      return range ? read().doc.textBetween(range.from, range.to, "|") : null;
    },
  };
}

const textAt = (type: Y.XmlFragment, ...path: number[]) =>
  path.reduce<unknown>((at, i) => (at as Y.XmlElement).get(i), type) as Y.XmlText;

test("an anchor stays with its words while others write before, within and at its edges", () => {
  const { type, anchor, words } = open(p("First line here."), list("One item", "Two items here"));
  const begin = anchor("First line");
  const item = anchor("items here");
  const across = anchor("One item");
  const first = textAt(type, 0, 0);
  type.insert(0, [new Y.XmlElement("paragraph")]);
  first.insert(0, "The ");
  first.insert("The First line".length, " and more");
  first.insert("The First".length, " long");
  textAt(type, 2, 1, 0, 0).insert(0, "Now ");
  expect(words(begin)).toBe("First long line");
  expect(words(item)).toBe("items here");
  expect(words(across)).toBe("One item");
});

test("what is left of the words is marked, and words that are gone have no place", () => {
  const { type, anchor, words } = open(p("Some words to keep."), p("Others to lose."));
  const anchored = anchor("words to keep");
  const lost = anchor("Others to lose");
  textAt(type, 0, 0).delete("Some wor".length, "ds to k".length);
  expect(words(anchored)).toBe("woreep");
  type.delete(1, 1);
  expect(words(lost)).toBeNull();
  expect(words({ from: "AQAA", to: "no anchor" })).toBeNull();
});

test("lost words are found again by what they said, if that stands in one place only", () => {
  const read = (...content: object[]) => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, writeDocument({ type: "doc", content }));
    return initProseMirrorDoc(doc.getXmlFragment(TEXT_FIELD), documentSchema).doc;
  };
  const once = read(p("Before."), list("Here it stands now"));
  const range = findQuote(once, "it stands");
  expect(range && once.textBetween(range.from, range.to)).toBe("it stands");
  expect(findQuote(read(p("it stands"), p("it stands")), "it stands")).toBeNull();
});
