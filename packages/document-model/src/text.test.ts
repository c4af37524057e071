import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { documentArbitrary } from "@guildhall/testing/arbitrary-document";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  cleanDocument,
  linksOf,
  mentionOfGroup,
  mentionsOf,
  plainText,
  textSchema,
} from "./index.ts";
import { type NodeJson, nodesOf } from "./json.ts";
import { forText } from "./markdown/for-markdown.ts";
import { openText } from "./markdown.ts";

const id = "0198c5f0-0000-7000-8000-000000000001";
const nodeOf = (json: NodeJson) => textSchema.nodeFromJSON(json);
const read = (source: string) => openText(source).json;
/** As if `source` had been written from nothing. */
const rewritten = (source: string) => openText("").write(nodeOf(read(source)));
const paragraph = (...lines: string[]): NodeJson => ({
  type: "paragraph",
  content: lines.flatMap((text, at) => [
    ...(at > 0 ? [{ type: "hardBreak" }] : []),
    { type: "text", text },
  ]),
});

test("what is written is read as the same text", () => {
  fc.assert(
    fc.property(documentArbitrary, (json) => {
      const wanted = forText(cleanDocument(json, textSchema));
      const printed = openText("").write(nodeOf(wanted));
      expect(forText(read(printed)), printed).toEqual(wanted);
      textSchema.nodeFromJSON(read(printed)).check();
    }),
    { numRuns: 40 },
  );
});

const someone = fc.array(
  fc.constantFrom(
    ...[
      "one",
      " ",
      "\n",
      "\n\n",
      "\r\n",
      "- ",
      "* ",
      "1. ",
      "# ",
      "> ",
      "[ ] ",
      "`",
      "```\n",
      "**",
    ],
    ...[
      "_",
      "|",
      "| - |\n",
      "<b>",
      "</b>",
      "<br>",
      "<!-- x -->",
      "<details>",
      "<T>",
      "&quot;",
      "    ",
    ],
    ...[
      "[x](http://a.b)",
      "[y]",
      "[y]: http://a.b\n",
      "\\",
      "http://a.b/c_d",
      "![p](a.png)",
      "\t",
      "é",
    ],
  ),
  { maxLength: 24 },
);

test("whatever was typed, what nobody touched comes back to the byte", () => {
  fc.assert(
    fc.property(someone, (pieces) => {
      const source = pieces.join("");
      const text = openText(source);
      textSchema.nodeFromJSON(text.json).check();
      const written = text.write(nodeOf(text.json));
      // Of white space alone nothing is kept.
      expect(written).toBe(source.trim() ? source : "");
    }),
    { numRuns: 400 },
  );
});

test("an edit changes what was edited, and reads as what was written", () => {
  fc.assert(
    fc.property(someone, fc.nat(), (pieces, where) => {
      const text = openText(pieces.join(""));
      const content = text.json.content ?? [];
      const at = where % (content.length + 1);
      const edited = {
        ...text.json,
        content: content.toSpliced(at, 0, paragraph("Added", "here")),
      };
      expect(forText(read(text.write(nodeOf(edited))))).toEqual(forText(edited));
    }),
    { numRuns: 200 },
  );
  const source = "Intro\n\n* a\n* b\n\n| a|b |\n|--|--|\n|1|2|\n\nEnd  \n";
  const text = openText(source);
  const content = (text.json.content ?? []).with(0, paragraph("Changed"));
  expect(text.write(nodeOf({ type: "doc", content }))).toBe(source.replace("Intro", "Changed"));
});

test("single line ends stay line ends, in paragraphs, items, quotes and cells", () => {
  expect(read("one\ntwo  \nthree\\\nfour<br>five<br>\nsix").content).toEqual(
    cleanDocument({ content: [paragraph("one", "two", "three", "four", "five", "six")] }).content,
  );
  expect(rewritten("one\ntwo\n\n- three\n  four\n\n> five\n> six")).toBe(
    "one\ntwo\n\n- three\n  four\n\n> five\n> six",
  );
  expect(rewritten("| a |\n| - |\n| x<br>y |")).toBe("| a |\n| - |\n| x<br>y |");
  expect(
    openText("").write(nodeOf({ type: "doc", content: [paragraph("- no list", "# no title")] })),
  ).toBe("\\- no list\n\\# no title");
});

test("what is typed is not escaped where it need not be", () => {
  const texts = [
    "snake_case and 2 * 3 * 4",
    "a < b > c & d",
    "[x] and (y)!",
    "https://a.b/c_d?e=1&f",
  ];
  for (const text of texts) expect(rewritten(text)).toBe(text);
  expect(
    openText("").write(nodeOf({ type: "doc", content: [paragraph("use Vec<b> *here*")] })),
  ).toBe("use Vec<b> \\*here\\*");
});

test("people, tasks and documents are named by links", () => {
  const source = [
    `[@Ann](guildhall:user/${id}), [@Design](guildhall:group/${id}) and [@everyone](guildhall:everyone)`,
    `see [APP-12](guildhall:task/${id}), [Plan](guildhall:document/${id})`,
  ].join("\n");
  const json = read(source);
  expect(plainText(json)).toBe("@Ann, @Design and @everyone\nsee APP-12, Plan");
  expect(mentionsOf(json)).toEqual({ [id]: 1, [mentionOfGroup(id)]: 1 });
  expect(linksOf(json).map(({ target }) => target)).toEqual(["task", "document"]);
  expect(rewritten(source)).toBe(source);
  expect(rewritten(`[APP-12 Old title](guildhall:task/${id} "task")`)).toBe(
    `[APP-12 Old title](guildhall:task/${id})`,
  );
});

test("pictures and files", () => {
  const source = `![wheel](guildhall:file/${id})\n\n[plan.pdf](guildhall:file/${id})`;
  expect(read(source).content?.map(({ type }) => type)).toEqual(["paragraph", "fileBlock"]);
  expect(rewritten(source)).toBe(source);
});

test("HTML is read as what it is meant to look like, and is never more than the model knows", () => {
  const shown = (source: string) => rewritten(source);
  expect(shown("<b>bold</b> <i>it</i> <kbd>Ctrl</kbd> <u>u</u>")).toBe("**bold** *it* `Ctrl` u");
  expect(shown("<pre>let a = &quot;b&quot;;\n\n&lt;p&gt;</pre>")).toBe(
    '```\nlet a = "b";\n\n<p>\n```',
  );
  expect(shown("<details>\n<summary>Log</summary>\n\n- a\n\n</details>")).toBe("**Log**\n\n- a");
  expect(shown("<p>a</p>\n<ul><li>b</li></ul>")).toBe("a\n\n- b");
  expect(shown('<a href="https://a.b/c">d</a> &quot;e&quot; &amp;')).toBe(
    '[d](https://a.b/c) "e" &',
  );
  expect(shown("<!-- a hint -->\n\nText <!-- more --> end")).toBe(
    "<!-- a hint -->\n\nText <!-- more --> end",
  );
  expect(plainText(read("<!-- a hint -->\n\nText"))).toBe("Text");
  // What is no HTML is what somebody wrote.
  expect(plainText(read("a Vec<String> of <T> and <A>"))).toBe("a Vec<String> of <T> and <A>");
  expect(plainText(read("<T>\nwhere T: Copy"))).toBe("<T>\nwhere T: Copy");
});

test.each([
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  '<a href="javascript:alert(1)">x</a>',
  "[x](javascript:alert(1))",
  "[x](java&#10;script:alert(1))",
  "![x](javascript:alert(1))",
  '<svg onload="alert(1)"><script>alert(1)</script></svg>',
  '<iframe src="https://evil.example"></iframe>',
  '<div style="position:fixed" onclick="alert(1)">x</div>',
  "<details open ontoggle=alert(1)><summary>x</summary>y</details>",
])("%s does no harm", (source) => {
  const nodes = [...nodesOf(read(source))];
  const attributes = nodes.flatMap(({ attrs, marks = [] }) => [
    attrs ?? {},
    ...marks.map((mark) => mark.attrs ?? {}),
  ]);
  for (const { src, href } of attributes) expect(`${src} ${href}`).not.toMatch(/script/i);
  for (const each of attributes) {
    expect(Object.keys(each).filter((name) => /^on|style/.test(name))).toEqual([]);
  }
});

const issues = path.join(import.meta.dirname, "../../../../shared/data/tasks");
const files = ["issues.json", "issue_comments.json"]
  .flatMap((name) =>
    [issues, path.join(issues, "../../../../shared/data/tasks")].map((folder) =>
      path.join(folder, "github-issues-rest-rust", name),
    ),
  )
  .filter(existsSync);

test("real issues and comments come back to the byte, and read the same when they are rewritten", ({
  skip,
}) => {
  if (files.length === 0) {
    console.log("The real issues are not here: this did not run.");
    return skip();
  }
  const bodies = files
    .flatMap((file) => JSON.parse(readFileSync(file, "utf8")) as { body: string | null }[])
    .flatMap(({ body }) => (body?.trim() ? [body] : []));
  // Every 15th; all of them by hand.
  for (const body of bodies.filter((_, at) => at % 15 === 0)) {
    const text = openText(body);
    expect(text.write(nodeOf(text.json))).toBe(body);
    const again = rewritten(body);
    expect(forText(read(again)), body).toEqual(forText(text.json));
  }
});
