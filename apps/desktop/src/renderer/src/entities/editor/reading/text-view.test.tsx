import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { TextView } from "./text-view.tsx";

const drawn = (text: string) =>
  renderToStaticMarkup(<TextView>{text}</TextView>)
    .replace(/^<div class="markdown">|<\/div>$/g, "")
    .replaceAll(' dir="auto"', "")
    .replaceAll("\n", "");

test("each line end is a line break, in paragraphs, list items and quotes", () => {
  expect(drawn("one\ntwo\r\nthree")).toBe("<p>one<br/>two<br/>three</p>");
  expect(drawn("**one\ntwo**\n\nnext")).toBe("<p><strong>one<br/>two</strong></p><p>next</p>");
  expect(drawn("- one\n  two")).toBe("<ul><li><p>one<br/>two</p></li></ul>");
  expect(drawn("> one\n> two")).toBe("<blockquote><p>one<br/>two</p></blockquote>");
  // Two spaces, a backslash or a tag are one break, not two.
  expect(drawn("one  \ntwo\\\nthree<br>four")).toBe("<p>one<br/>two<br/>three<br/>four</p>");
});

test("code keeps its lines as they are", () => {
  expect(drawn("```\none\n<!-- two -->\n```")).toContain("one&lt;!-- two --&gt;</code>");
  expect(drawn("`<!-- shown -->`")).toBe("<p><code>&lt;!-- shown --&gt;</code></p>");
});

test("comments of HTML are not shown, tags are what they mean, and what is no tag is text", () => {
  expect(drawn("<!-- a template's hint -->\n\nText")).toBe("<p>Text</p>");
  expect(drawn("before <!-- hidden --> after")).toBe("<p>before  after</p>");
  expect(drawn("<!-- of\n\nseveral lines -->\n\nText")).toBe("<p>Text</p>");
  expect(drawn("<!-- never closed\n\nText")).toBe("");
  expect(drawn("<b>bold</b> &quot;x&quot;")).toBe("<p><strong>bold</strong> &quot;x&quot;</p>");
  expect(drawn("Vec<String>")).toBe("<p>Vec&lt;String&gt;</p>");
  expect(drawn("a <script>alert(1)</script>")).not.toContain("<script");
});

test("each box of a list knows the line that it is ticked on", () => {
  const boxes = drawn("Text\n\n- [ ] one\n- [x] two");
  expect(boxes).toContain('<li data-checked="true">');
  expect(boxes.match(/disabled=""/g)).toHaveLength(2);
});

test("a long run of spaces within a line is drawn as fast as any other text", () => {
  const spaces = " \t".repeat(100_000);
  expect(drawn(`one${spaces}two\nthree`)).toBe(`<p>one${spaces}two<br/>three</p>`);
  expect(drawn(`one&#32;&#9;\nthree`)).toBe("<p>one<br/>three</p>");
});
