import fc from "fast-check";
import { expect, test } from "vitest";
import { isLinear } from "../../../testing/is-linear.ts";
import type { WikiContext } from "./jira-inline.ts";
import { wikiToMarkdown } from "./jira-markup.ts";

const context: WikiContext = {
  attachments: new Map([["shot (1).png", "https://jira.example.com/1/shot (1).png"]]),
  people: new Map([["712020:ab", "Ada Lovelace"]]),
};
const convert = (text: string) => wikiToMarkdown(text, context);

test.each([
  ["a *bold* _it_ -gone- +under+ word", "a **bold** _it_ ~~gone~~ _under_ word"],
  ["*bold _and it_*, then", "**bold _and it_**, then"],
  ["already **bold** here", "already **bold** here"],
  ["{*}bold{*} {color:red}red{color}", "**bold** red"],
  ["2 * 3 * 4, snake_case_name, -p ios -T sim", "2 * 3 * 4, snake_case_name, -p ios -T sim"],
  ["__dirname and *half", "\\_\\_dirname and \\*half"],
  ["{{a*b*c}} and {{x`y}} and {{{z}}}", "`a*b*c` and `` x`y `` and `{z}`"],
  ["<Window> and a < b and `<T>`", "\\<Window> and a < b and `<T>`"],
  ["[text|https://e.com/a_b_c#!/x]", "[text](https://e.com/a_b_c#!/x)"],
  ["[https://e.com/x] [a|https://e.com|smart-link]", "<https://e.com/x> [a](https://e.com)"],
  ["see https://e.com/_a_/*b, ok", "see https://e.com/_a_/*b, ok"],
  ["[x|javascript:alert(1)] arr[0](y)", "[x|javascript:alert(1)] arr[0\\](y)"],
  ["[~fmiao] [~accountid:712020:ab]", "@fmiao @Ada Lovelace"],
  ["!shot (1).png|thumbnail!", "![shot (1).png](https://jira.example.com/1/shot%20%281%29.png)"],
  ["!gone.png! wow! really!", "(image: gone.png) wow! really!"],
  [
    "[^shot (1).png] [^gone.log]",
    "[shot (1).png](https://jira.example.com/1/shot%20%281%29.png) (attachment: gone.log)",
  ],
  ["h3. Title *x*", "### Title **x**"],
  ["bq. said", "> said"],
  ["one\ntwo\\\\ three", "one  \ntwo  \nthree"],
  ["text\n----\nmore", "text\n\n---\n\nmore"],
  ["text\n====", "text  \n\\===="],
  ["    indented", "indented"],
])("%j becomes %j", (wiki, markdown) => {
  expect(convert(wiki)).toBe(markdown);
});

test("lists nest by their marks, and never deeper than Markdown can follow", () => {
  expect(convert("# one\n#* dot\n## two\n* - text")).toBe("1. one\n   - dot\n   1. two\n- text");
  expect(convert("*** deep")).toBe("- deep");
});

test("code in a list item stays in the item", () => {
  expect(convert("# run\n{code}\na\n\nb\n{code}\n# next")).toBe(
    "1. run\n\n   ```\n   a\n\n   b\n   ```\n1. next",
  );
});

test("nothing in code is markup, and fences are longer than what is inside", () => {
  const wiki =
    "before {code:java|title=A.java}\n*x* {quote}\n```\n{code} after\n{noformat}h1. y{noformat}";
  expect(convert(wiki)).toBe(
    "before\n\n**A.java**\n\n````java\n*x* {quote}\n```\n````\n\nafter\n\n```\nh1. y\n```",
  );
});

test("code that is never closed stays text", () => {
  expect(convert("{code}\n*x*")).toBe("{code}  \n**x**");
});

test("quotes hold several paragraphs; an unpaired one changes nothing", () => {
  expect(convert("{quote}a\n\nb{quote}\nc")).toBe("> a\n>\n> b\n\nc");
  expect(convert("a {quote} b")).toBe("a  \nb");
});

test("tables get the head that Markdown needs", () => {
  expect(convert("||a||b||\n|1|[x|https://e.com]|\n|{{p|q}}||")).toBe(
    "| a | b |\n| --- | --- |\n| 1 | [x](https://e.com) |\n| `p\\|q` |",
  );
  expect(convert("|1|2|")).toBe("|  |  |\n| --- | --- |\n| 1 | 2 |");
});

const HOSTILE = [
  "[",
  "]",
  "[a|",
  "[~",
  "{",
  "{{",
  "{{a",
  "}}",
  "{code",
  "{code}",
  "{code:a}",
  "{quote}",
  "{color:",
  "{noformat}{code}",
  "*",
  "* ",
  "*a ",
  "*a* ",
  "**a",
  "_a",
  "_a_",
  "-a ",
  "+a ",
  "*_-+",
  " *_+-a",
  "!",
  "!a",
  "!a.png|",
  "|",
  "||",
  "|a",
  "|a|\n",
  "#",
  "# a\n",
  "*# a\n",
  "\\",
  "\\\\",
  "\\\\ ",
  "`",
  "`a",
  "``",
  "<",
  "<a",
  "<https://",
  "https://",
  "http",
  "h1. ",
  "bq. ",
  "~",
  "(((",
  "\n",
  " ",
  "\t",
  "-",
  "=",
  "```\n",
  "h1. *_{{[a|b]}}_*",
  "|[a|b]|!c|d!|\n",
  "{panel:title=a}",
];

test.each(HOSTILE)("a hostile cell of %j takes linear time", (piece) => {
  const work = (length: number) => {
    const text = piece.repeat(Math.ceil(length / piece.length));
    for (const cell of [text, `${text}]`, `a${text}}}`, `|${text.replaceAll("\n", "")}|`])
      convert(cell);
  };
  expect(isLinear(work, 800)).toBe(true);
});

test("one wide table row among thousands of narrow ones is not multiplied out", () => {
  const markdown = convert(`|${"a|".repeat(10_000)}\n${"|a|\n".repeat(10_000)}`);
  expect(markdown.length).toBeLessThan(300_000);
});

test("no mixture of marks makes it throw", () => {
  const marks = fc.constantFrom(...HOSTILE, "word", "\n", " ", "x1");
  fc.assert(
    fc.property(fc.array(marks, { maxLength: 40 }), (parts) => {
      expect(typeof convert(parts.join(""))).toBe("string");
    }),
    { numRuns: 2_000 },
  );
});
