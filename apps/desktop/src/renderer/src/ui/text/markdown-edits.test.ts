import { describe, expect, test } from "vitest";
import {
  continueList,
  type Edit,
  makeLink,
  setCheckbox,
  toggleMark,
  togglePrefix,
} from "./markdown-edits.ts";

/** "a [b] c" is the text "a b c" with b selected; "|" is a cursor. */
function at(marked: string) {
  const cursor = marked.indexOf("|");
  if (cursor >= 0) return { text: marked.replace("|", ""), start: cursor, end: cursor };
  const start = marked.indexOf("‹");
  const end = marked.indexOf("›") - 1;
  return { text: marked.replace("‹", "").replace("›", ""), start, end };
}

function done(marked: string, run: (selection: ReturnType<typeof at>) => Edit | null) {
  const selection = at(marked);
  const edit = run(selection);
  if (!edit) return null;
  const { text } = selection;
  const next = text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
  const { selectStart: s, selectEnd: e } = edit;
  return s === e
    ? `${next.slice(0, s)}|${next.slice(s)}`
    : `${next.slice(0, s)}‹${next.slice(s, e)}›${next.slice(e)}`;
}

test("bold goes on, and off again", () => {
  const bold = (text: string) => done(text, (s) => toggleMark(s, "**"));
  expect(bold("a ‹b› c")).toBe("a **‹b›** c");
  expect(bold("a **‹b›** c")).toBe("a ‹b› c");
  expect(bold("|")).toBe("**|**");
});

test("a link waits for its address, or for its words when the address is there", () => {
  expect(done("see ‹this›", makeLink)).toBe("see [this](‹https://›)");
  expect(done("‹https://x.org›", makeLink)).toBe("[|](https://x.org)");
});

test("a prefix goes before each chosen line, and away again", () => {
  const quote = (text: string) => done(text, (s) => togglePrefix(s, "> "));
  expect(quote("‹a\nb›\nc")).toBe("> ‹a\n> b›\nc");
  expect(quote("> ‹a\n> b›\nc")).toBe("‹a\nb›\nc");
});

describe("Enter in a list", () => {
  const enter = (text: string) => done(text, continueList);
  test.each([
    ["- a|", "- a\n- |"],
    ["  * a|", "  * a\n  * |"],
    ["9. a|", "9. a\n10. |"],
    ["- [x] a|", "- [x] a\n- [ ] |"],
    ["> a|", "> a\n> |"],
    ["- a|b", "- a\n- |b"],
  ])("%j goes on as %j", (before, after) => expect(enter(before)).toBe(after));
  test("in an empty item it ends the list", () => {
    expect(enter("- a\n- |")).toBe("- a\n|");
    expect(enter("- [ ] |\nb")).toBe("|\nb");
  });
  test("elsewhere it is a plain Enter", () => {
    expect(enter("a|")).toBeNull();
    expect(enter("- ‹a›")).toBeNull();
  });
});

test("a checkbox is ticked on its own line, whatever brackets stand elsewhere", () => {
  const text = "```\n- [ ] code\n```\n- [ ] see [ ] there\n  - [x] b";
  expect(setCheckbox(text, 4, true)).toBe("```\n- [ ] code\n```\n- [x] see [ ] there\n  - [x] b");
  expect(setCheckbox(text, 5, false)).toBe("```\n- [ ] code\n```\n- [ ] see [ ] there\n  - [ ] b");
  expect(setCheckbox(text, 99, true)).toBe(text);
});
