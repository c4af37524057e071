import { expect, test } from "vitest";
import type { Entry } from "./entries.ts";
import { openIndex } from "./word-index.ts";

let n = 0;
const entry = (title: string, text = "", of: Partial<Entry> = {}): Entry => ({
  ...{ id: `task/${n++}`, kind: "task", workspaceId: "w", projectId: "p", personIds: [] },
  ...{ state: "open", updatedAt: n, title, text },
  ...of,
});
const all = () => true;

function indexed(...entries: Entry[]) {
  const index = openIndex();
  for (const each of entries) index.put(each);
  return index;
}
const found = (index: ReturnType<typeof openIndex>, text: string) =>
  index.find(text, all).map(({ id }) => id);

test("words are found whatever their case and accents, by their beginnings and by their parts", () => {
  const mill = entry("Mühlräder ölen");
  const cafe = entry("Café", "Straße am Fluß");
  const index = indexed(mill, cafe);
  for (const text of [
    "muhlrader",
    "MÜHLRÄDER",
    "ölen",
    "olen",
    "mühl",
    "räder",
    "oelen".slice(1),
  ]) {
    expect(found(index, text), text).toEqual([mill.id]);
  }
  for (const text of ["cafe", "strasse", "fluss", "café strasse"]) {
    expect(found(index, text), text).toEqual([cafe.id]);
  }
  expect(found(index, "café ölen")).toEqual([]);
});

test("a script without spaces is found by any part, and a slip of the finger is forgiven", () => {
  const tokyo = entry("東京都の会議");
  const wheel = entry("Waterwheel");
  const index = indexed(tokyo, wheel);
  expect(found(index, "京都")).toEqual([tokyo.id]);
  expect(found(index, "会")).toEqual([tokyo.id]);
  expect(found(index, "watrewheel")).toEqual([wheel.id]);
});

test("a title comes before a text; what is changed or gone is found as it is now", () => {
  const inText = entry("Other", "the sluice is open");
  const inTitle = entry("The sluice");
  const index = indexed(inText, inTitle);
  expect(found(index, "sluice")).toEqual([inTitle.id, inText.id]);
  index.put({ ...inText, text: "nothing" });
  index.delete(inTitle.id);
  expect(found(index, "sluice")).toEqual([]);
  expect(found(index, "nothing")).toEqual([inText.id]);
});

test("written down and read again it finds the same, parts of words too", () => {
  const wheel = entry("Waterwheel");
  const index = openIndex(indexed(wheel).write());
  expect(found(index, "wheel")).toEqual([wheel.id]);
  expect(index.find("", ({ kind }) => kind === "document")).toEqual([]);
  expect(found(index, "")).toEqual([wheel.id]);
});
