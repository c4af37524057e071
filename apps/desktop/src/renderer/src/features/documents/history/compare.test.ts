import type { NodeJson } from "@guildhall/document-model";
import { expect, test } from "vitest";
import { compareDocuments } from "./compare.ts";

const text = (text: string, ...marks: string[]): NodeJson => ({
  type: "text",
  text,
  ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }),
});
const p = (...content: (string | NodeJson)[]): NodeJson => ({
  type: "paragraph",
  content: content.map((c) => (typeof c === "string" ? text(c) : c)),
});
const node = (type: string, ...content: NodeJson[]): NodeJson => ({ type, content });
const doc = (...content: NodeJson[]) => node("doc", ...content);

/** "The [-old-]{+new+} house", a line for each block; `+`, `-` or `~` before a whole one. */
function shown({ doc: both }: ReturnType<typeof compareDocuments>): string {
  const signs: Record<string, string> = { inserted: "+ ", deleted: "- ", changed: "~ " };
  const inline = ({ text: word, type, marks = [] }: NodeJson) => {
    const said = word ?? `<${type}>`;
    const kinds = marks.map((mark) => mark.type);
    if (kinds.includes("inserted")) return `{+${said}+}`;
    return kinds.includes("deleted") ? `[-${said}-]` : said;
  };
  const lines = (block: NodeJson): string[] => {
    const sign = signs[String(block.attrs?.change ?? "")] ?? "";
    const content = block.content ?? [];
    const isText = content.some((c) => c.type === "text") || content.length === 0;
    if (isText) return [sign + content.map(inline).join("")];
    return content.flatMap(lines).map((line) => sign + line);
  };
  return both.content?.flatMap(lines).join("\n") ?? "";
}

test("words are compared within the block that they belong to", () => {
  const before = doc(p("The old house stands on a hill."), p("It has four rooms and a garden."));
  const after = doc(
    p("A line before all."),
    p("The new house stands on a hill."),
    p("It has four rooms."),
  );
  const compared = compareDocuments(before, after);
  expect(shown(compared)).toBe(
    [
      "+ A line before all.",
      "The [-old-]{+new+} house stands on a hill.",
      "It has four rooms[- and a garden-].",
    ].join("\n"),
  );
  expect(compared.changes).toBe(3);
});

test("neighbouring words that changed are one change, not one for each space between", () => {
  const before = doc(p("We met at the big red barn today."));
  const after = doc(p("We met at a small blue shed today."));
  const compared = compareDocuments(before, after);
  expect(shown(compared)).toBe("We met at [-the big red barn-]{+a small blue shed+} today.");
  expect(compared.changes).toBe(1);
});

test("blocks with nothing in common are one gone and one new; equal documents have no change", () => {
  const before = doc(p("Buy milk."), p("Kept."));
  const after = doc(p("Elephants never forget."), p("Kept."));
  expect(shown(compareDocuments(before, after))).toBe(
    "- Buy milk.\n+ Elephants never forget.\nKept.",
  );
  expect(compareDocuments(after, after)).toEqual({ doc: after, changes: 0 });
});

test("lists and tables are compared by their items and cells, attributes count too", () => {
  const item = (said: string, checked = false) => ({
    ...node("taskItem", p(said)),
    attrs: { checked },
  });
  const row = (...cells: string[]) =>
    node("tableRow", ...cells.map((c) => node("tableCell", p(c))));
  const before = doc(
    node("taskList", item("Paint the door"), item("Call Ann")),
    node("table", row("Name", "Age"), row("Ann", "40")),
  );
  const after = doc(
    node("taskList", item("Paint the door", true), item("Wash the car"), item("Call Ann")),
    node("table", row("Name", "Age"), row("Ann", "41")),
  );
  expect(shown(compareDocuments(before, after))).toBe(
    "~ Paint the door\n+ Wash the car\nCall Ann\nName\nAge\nAnn\n[-40-]{+41+}",
  );
});

test("a paragraph that became a heading is still compared; a new format of a word is a change", () => {
  const heading: NodeJson = { ...p("Plan for the spring"), type: "heading", attrs: { level: 2 } };
  const bold = p("Say it ", text("loud", "bold"), " and clear");
  const before = doc(p("Plan for the winter"), p("Say it loud and clear"));
  expect(shown(compareDocuments(before, doc(heading, bold)))).toBe(
    "~ Plan for the [-winter-]{+spring+}\nSay it [-loud-]{+loud+} and clear",
  );
});

test("text without spaces between its words is compared by words too", () => {
  const before = doc(p("会議は月曜日の午前に始まります"));
  const after = doc(p("会議は火曜日の午前に始まります"));
  expect(shown(compareDocuments(before, after))).toMatch(/^会議は\[-月.*\{\+火.*午前に始まります$/);
});
