import { expect, test } from "vitest";
import * as Y from "yjs";
import { writeHtml } from "./html/write-html.ts";
import {
  cleanDocument,
  countWords,
  documentSchema,
  emptyDocument,
  headings,
  isComment,
  linksOf,
  mentionsOf,
  plainText,
  readDocument,
  safeHref,
  TEXT_FIELD,
  writeDocument,
} from "./index.ts";
import { readMarkdown, writeMarkdown } from "./markdown.ts";
import { markNames, nodeNames } from "./names.ts";

const id = "0198c5f0-0000-7000-8000-000000000001";
const text = (value: string, ...marks: object[]) => ({ type: "text", text: value, marks });
const p = (...content: object[]) => ({ type: "paragraph", content });
const doc = (...content: object[]) => ({ type: "doc", content });

test("a document goes into Yjs and comes back the same", () => {
  const json = cleanDocument(
    doc(
      { type: "heading", attrs: { level: 2 }, content: [text("Plan")] },
      p(
        text("see ", { type: "bold" }),
        text("code", { type: "bold" }, { type: "code" }, { type: "link", attrs: { href: "a.md" } }),
        { type: "mention", attrs: { userId: id, label: "Ann" } },
      ),
      { type: "callout", attrs: { kind: "tip" }, content: [p(text("x"))] },
      { type: "codeBlock", attrs: { language: "js", meta: "{1}" }, content: [text("a\nb")] },
    ),
  );
  const ydoc = new Y.Doc();
  Y.applyUpdate(ydoc, writeDocument(json));
  expect(readDocument(ydoc)).toEqual(json);
  expect(readDocument(new Y.Doc())).toEqual(emptyDocument());
});

test("the names for whoever must not load the schema are the schema's", () => {
  const own = new Set([...nodeNames, "doc", "text"]);
  expect(own).toEqual(new Set(Object.keys(documentSchema.nodes)));
  expect(markNames).toEqual(new Set(Object.keys(documentSchema.marks)));
});

test("whatever an update holds, what is read of it fits the schema and links nowhere harmful", () => {
  const ydoc = new Y.Doc();
  const heading = new Y.XmlElement("heading");
  heading.setAttribute("level", { toString: "evil" } as never);
  const line = new Y.XmlText();
  line.insert(0, "click", { link: { href: "java\tscript:alert(1)", onclick: "x" }, unheard: {} });
  heading.insert(0, [line]);
  const image = new Y.XmlElement("image");
  image.setAttribute("src", "javascript:alert(1)");
  const unheard = new Y.XmlElement("script");
  const inside = new Y.XmlText();
  inside.insert(0, "kept\0");
  unheard.insert(0, [inside]);
  const cell = new Y.XmlElement("tableCell");
  ydoc.getXmlFragment(TEXT_FIELD).insert(0, [heading, image, unheard, cell]);
  const json = readDocument(ydoc);
  expect(json.content?.[0]).toEqual({
    type: "heading",
    attrs: { level: 1 },
    content: [{ type: "text", text: "click" }],
  });
  expect(JSON.stringify(json)).not.toContain("javascript");
  expect(plainText(json)).toContain("kept");
  documentSchema.nodeFromJSON(json).check();
  let deep: object = p(text("bottom"));
  for (let n = 0; n < 5_000; n++) deep = { type: "blockquote", content: [deep] };
  documentSchema.nodeFromJSON(cleanDocument(doc(deep))).check();
});

test.each([
  ["javascript:alert(1)", null],
  [" JavaScript:alert(1)", null],
  ["data:text/html,x", null],
  ["vbscript:x", null],
  ["guildhall:evil", null],
  [`guildhall:document/${id}#a b`, `guildhall:document/${id}#a b`],
  ["https://example.com/a:b", "https://example.com/a:b"],
  ["../a b.md?x=1:2#y", "../a b.md?x=1:2#y"],
  ["#part:two", "#part:two"],
])("the address %s is kept as %s", (href, kept) => {
  expect(safeHref(href)).toBe(kept);
});

test("text, words, headings and links of a document", () => {
  const json = cleanDocument(
    doc(
      { type: "heading", attrs: { level: 1 }, content: [text("Set up")] },
      { type: "heading", attrs: { level: 2 }, content: [text("Set up")] },
      { type: "heading", attrs: { level: 2 }, content: [text("Other {#mine}")] },
      p(
        text("don't 漢字 "),
        { type: "taskChip", attrs: { taskId: id, label: "GH-1 Fix" } },
        { type: "mention", attrs: { userId: id, label: "Ann" } },
        text("x", { type: "link", attrs: { href: `guildhall:document/${id}#set-up` } }),
        { type: "image", attrs: { src: `guildhall:file/${id}`, alt: "pic" } },
      ),
    ),
  );
  expect(plainText(json)).toBe("Set up\nSet up\nOther {#mine}\ndon't 漢字 GH-1 Fix@Annxpic");
  expect(countWords(plainText(json))).toBe(13);
  expect(headings(json).map(({ slug }) => slug)).toEqual(["set-up", "set-up-1", "mine"]);
  expect(linksOf(json).map(({ target }) => target)).toEqual(["task", "document", "file"]);
  expect(mentionsOf(json)).toEqual({ [id]: 1 });
});

test("comments of HTML are kept, and neither read nor shown", () => {
  const raw = (value: string) => ({ type: "rawBlock", attrs: { text: value } });
  const json = cleanDocument(
    doc(
      raw("<!-- a hint of the template -->\n<!-- and another -->"),
      p(text("Seen"), { type: "rawInline", attrs: { text: "<!-- unseen -->" } }),
      raw("<!-- one --> and <b>more</b> <!-- two -->"),
    ),
  );
  expect(plainText(json)).toBe("Seen\n<!-- one --> and <b>more</b> <!-- two -->");
  expect(readMarkdown(writeMarkdown(json))).toEqual(json);
  const html = writeHtml(json);
  expect(html.match(/ hidden="">/g)).toHaveLength(2);
  expect(html).toContain('<pre data-type="rawBlock">&lt;!-- one --&gt; and');
  // However much of it there is, each sign is looked at once.
  expect(isComment("<!--".repeat(1_000_000))).toBe(true);
  expect(isComment(`${"<!---->".repeat(200_000)}x`)).toBe(false);
});
