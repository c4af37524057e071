/** Documents as people make them, for tests of what prints and reads them. */

import { mentionOfGroup, type NodeJson } from "@guildhall/document-model";
import * as fc from "fast-check";

const words = fc.stringMatching(
  /^[a-zA-Z0-9 .,:;!?*_~`$#<>&|()[\]{}+=\-\\/'"äß漢字、（）é]{1,14}$/,
);
const id = fc.uuid({ version: 7 });
const word = fc.stringMatching(/^[a-z]{1,8}$/);
const href = fc.oneof(
  fc.constantFrom("https://example.com/a_b?x=1&y=(2)", "../a b.md", "#part", "mailto:a@b.example"),
  id.map((value) => `guildhall:document/${value}`),
);

const marks = fc
  .record({
    bold: fc.boolean(),
    italic: fc.boolean(),
    strike: fc.boolean(),
    highlight: fc.boolean(),
    code: fc.boolean(),
    link: fc.option(href, { freq: 4 }),
  })
  .map(({ link, ...flags }) => [
    ...Object.entries(flags).flatMap(([type, on]) => (on ? [{ type }] : [])),
    ...(link ? [{ type: "link", attrs: { href: link, title: null } }] : []),
  ]);
const plain = words.map((text): NodeJson => ({ type: "text", text }));
const marked = fc
  .tuple(words, marks)
  .map(([text, on]): NodeJson => ({ type: "text", text, marks: on }));
const inlineAtom = fc.oneof(
  fc.constant<NodeJson>({ type: "hardBreak" }),
  fc.tuple(word, fc.option(fc.integer({ min: 1, max: 900 }))).map(
    ([alt, width]): NodeJson => ({
      type: "image",
      attrs: { src: "a/b c.png", alt, title: null, width },
    }),
  ),
  words.map((latex): NodeJson => ({ type: "inlineMath", attrs: { latex } })),
  fc
    .tuple(fc.oneof(id, id.map(mentionOfGroup)), word)
    .map(([userId, label]) => ({ type: "mention", attrs: { userId, label } })),
  fc.tuple(id, word).map(([taskId, label]) => ({ type: "taskChip", attrs: { taskId, label } })),
  fc
    .tuple(id, word)
    .map(([documentId, label]) => ({ type: "documentChip", attrs: { documentId, label } })),
  fc
    .constantFrom('{{< x y="a_b*" >}}', "<Foo a={`b`} />", "[[A page|b]]", "<sup>")
    .map((text): NodeJson => ({ type: "rawInline", attrs: { text } })),
);
const line = fc.array(
  fc.oneof({ arbitrary: plain, weight: 4 }, { arbitrary: marked, weight: 3 }, inlineAtom),
  { minLength: 1, maxLength: 5 },
);
const paragraph = line.map((content): NodeJson => ({ type: "paragraph", content }));
const heading = fc.tuple(fc.integer({ min: 1, max: 6 }), line).map(
  ([level, content]): NodeJson => ({
    type: "heading",
    attrs: { level },
    content,
  }),
);
const code = fc.tuple(fc.option(word), fc.array(words, { maxLength: 3 })).map(
  ([language, lines]): NodeJson => ({
    type: "codeBlock",
    attrs: { language, meta: null },
    content: lines.length > 0 ? [{ type: "text", text: lines.join("\n") }] : [],
  }),
);
const table = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .chain(([width, height]) =>
    fc.array(fc.array(line, { minLength: width, maxLength: width }), {
      minLength: height,
      maxLength: height,
    }),
  )
  .map(
    (rows): NodeJson => ({
      type: "table",
      content: rows.map((cells, row) => ({
        type: "tableRow",
        content: cells.map((content) => ({
          type: row === 0 ? "tableHeader" : "tableCell",
          content: [{ type: "paragraph", content }],
        })),
      })),
    }),
  );
const leaf = fc.oneof(
  { arbitrary: paragraph, weight: 5 },
  heading,
  code,
  table,
  fc.constant<NodeJson>({ type: "horizontalRule" }),
  word.map((latex): NodeJson => ({ type: "blockMath", attrs: { latex } })),
  fc.tuple(id, word).map(
    ([fileId, name]): NodeJson => ({
      type: "fileBlock",
      attrs: { fileId, name, size: 12 },
    }),
  ),
  fc
    .constantFrom("<details>\n<summary>x</summary>", "{{< figure >}}", "<!-- a\n\nb -->")
    .map((text): NodeJson => ({ type: "rawBlock", attrs: { text } })),
);

const { block } = fc.letrec<{ block: NodeJson }>((tie) => {
  const inside = fc.array(tie("block"), { minLength: 1, maxLength: 3 });
  const list = (type: string, item: (content: NodeJson[]) => fc.Arbitrary<NodeJson>) =>
    fc
      .array(inside.chain(item), { minLength: 1, maxLength: 3 })
      .map((content): NodeJson => ({ type, content }));
  const plainItem = (content: NodeJson[]) => fc.constant<NodeJson>({ type: "listItem", content });
  return {
    block: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      { arbitrary: leaf, weight: 6 },
      list("bulletList", plainItem),
      list("orderedList", plainItem),
      list("taskList", (content) =>
        fc
          .boolean()
          .map((checked): NodeJson => ({ type: "taskItem", attrs: { checked }, content })),
      ),
      inside.map((content): NodeJson => ({ type: "blockquote", content })),
      fc
        .tuple(fc.constantFrom("note", "tip", "important", "warning", "caution"), inside)
        .map(([kind, content]): NodeJson => ({ type: "callout", attrs: { kind }, content })),
    ),
  };
});

export const documentArbitrary = fc
  .array(block, { minLength: 1, maxLength: 4 })
  .map((content): NodeJson => ({ type: "doc", content }));
