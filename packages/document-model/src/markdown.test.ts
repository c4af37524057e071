import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { documentArbitrary } from "@guildhall/testing/arbitrary-document";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { NodeJson } from "./json.ts";
import { forMarkdown } from "./markdown/for-markdown.ts";
import { readMarkdown } from "./markdown/read-markdown.ts";
import { writeMarkdown } from "./markdown/write-markdown.ts";
import { headings, plainText } from "./read.ts";

test("what is printed is read as the same document", () => {
  fc.assert(
    fc.property(documentArbitrary, (json) => {
      const wanted = forMarkdown(json);
      const printed = writeMarkdown(wanted);
      expect(forMarkdown(readMarkdown(printed)), printed).toEqual(wanted);
    }),
    { numRuns: 40 },
  );
});

test("a dollar right behind a formula begins no other one", () => {
  const inline = (...content: object[]) => ({
    type: "doc" as const,
    content: [{ type: "paragraph", content: content as NodeJson[] }],
  });
  const json = inline(
    { type: "inlineMath", attrs: { latex: "x" } },
    { type: "text", text: "$] " },
    { type: "inlineMath", attrs: { latex: "y" } },
  );
  expect(forMarkdown(readMarkdown(writeMarkdown(json)))).toEqual(forMarkdown(json));
});

// Each is printed as it was read.
test.each([
  ["a shortcode", '{{< figure src="a_b.png" title="*x*" >}}\n'],
  ["a shortcode between words", "before {{% ref `a_b` %}} after *it*\n"],
  ["a link with a template", 'see [the *docs*]({{< ref "a_b" >}}) here\n'.replaceAll("*", "")],
  ["a component of MDX", "<Tabs values={[{ a: '*' }]}>\ntext\n"],
  ["an import", 'import Tabs from "./a_b*c*.js"\n'],
  ["HTML", '<details class="a_b">\n<summary>*x*</summary>\n\ntext\n\n</details>\n'],
  ["HTML within a line", "a <kbd>Ctrl_a</kbd> b\n"],
  ["an admonition", ":::tip[Why *not*]\ntext\n:::\n".replaceAll("*", "")],
  ["a callout", "> [!WARNING]\n> text\n>\n> - item\n"],
  ["a callout of Obsidian", "> [!faq]- Why?\n> text\n"],
  ["an embed of Obsidian", "![[Some Page#Part]]\n"],
  ["a definition nobody uses", "[x]: https://example.com/a_b\n"],
  ["maths", "$a_b*c*$ costs \\$5 and\n\n$$\n\\frac{1}{2}\n$$\n".replace(" and\n", "\n")],
  ["a footnote", "text[^a]\n\n[^a]: note\n"],
  ["a table", "| a | b |\n| :- | -: |\n| `x\\|y` | y<br>z |\n"],
  ["boxes", "- [x] done\n- [ ] not yet\n"],
  ["a picture with a width", 'text <img src="a/b.png" alt="x &quot;y&quot;" width="300" />\n'],
  ["TOML in front", "+++\na_b = 1\n+++\n\ntext\n"],
])("%s stays as it is written", (_, markdown) => {
  expect(writeMarkdown(readMarkdown(markdown))).toBe(markdown);
});

test("wiki links and references become links, other text is no syntax", () => {
  const json = readMarkdown("[[Page#Part|it]] [a][b] $HOME/$USER, $5 and $6\n\n[b]: c.md 'T'\n", {
    resolveName: (name) => (name === "Page#Part" ? "page.md#part" : null),
  });
  expect(writeMarkdown(json)).toBe(
    '[it](page.md#part) [a](c.md "T") \\$HOME/\\$USER, \\$5 and \\$6\n',
  );
});

test("text in other scripts keeps its emphasis, and no space comes between its lines", () => {
  const json = readMarkdown("<strong>中文（x）</strong>后，\n下一行\n");
  expect(plainText(json)).toBe("中文（x）后，下一行");
  expect(writeMarkdown(json)).toContain("<strong>中文（x）</strong>后");
  expect(headings(readMarkdown("# 日本語 見出し\n"))).toEqual([
    { level: 1, text: "日本語 見出し", slug: "日本語-見出し" },
  ]);
});

const real = [
  path.join(import.meta.dirname, "../../../../shared/data/kb"),
  path.join(import.meta.dirname, "../../../../../shared/data/kb"),
];

test("real documents are printed the same when they are read again", ({ skip }) => {
  const folder = real.find(existsSync);
  if (!folder) {
    console.log("The real knowledge bases are not here: this did not run.");
    return skip();
  }
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .sort();
  // Every 100th; all of them by hand.
  for (const name of names.filter((_, at) => at % 100 === 0)) {
    const printed = writeMarkdown(readMarkdown(readFileSync(path.join(folder, name), "utf8")));
    expect(writeMarkdown(readMarkdown(printed)), name).toBe(printed);
  }
});
