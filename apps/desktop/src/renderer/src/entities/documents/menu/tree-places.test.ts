import { expect, test } from "vitest";
import type { DocumentView } from "@/entities/documents/sync/document.ts";
import { indexOf } from "@/entities/documents/sync/tree-index.ts";
import type { ShownTree } from "@/entities/documents/sync/use-tree.ts";
import { documentRow as row } from "@/entities/testing-rows.ts";
import { listNodes } from "./tree-nodes.ts";
import { isThere, mayGo, placeOn, stepPlace, whereOn } from "./tree-places.ts";

const all = [
  row("1"),
  row("2"),
  row("3"),
  row("2a", { parentId: "2" }),
  row("2b", { parentId: "2" }),
  row("2aa", { parentId: "2a" }),
];
const rows = new Map<string, DocumentView>(all.map((each) => [each.id, each]));
const tree: ShownTree = {
  ...indexOf(rows),
  roleIn: () => "editor",
  mayEdit: ({ id }) => id !== "3",
  mayShare: () => false,
  mayEditIn: () => true,
  isLoading: false,
  error: null,
  retry: () => {},
};
const at = (id: string) => rows.get(id) ?? row(id);
const nodes = listNodes({ tree, projects: [], open: new Set(["2"]) });
const node = (id: string) => {
  const found = nodes.find((each) => each.id === id);
  if (!found) throw new Error(`no line ${id}`);
  return found;
};

test("only what is open is listed, each line with its level and place among its siblings", () => {
  const lines = nodes.map((n) => [n.id, n.level, n.position, n.count, n.isOpen]);
  expect(lines).toEqual([
    ["1", 1, 1, 3, null],
    ["2", 1, 2, 3, true],
    ["2a", 2, 1, 2, false],
    ["2b", 2, 2, 2, null],
    ["3", 1, 3, 3, null],
  ]);
});

test("a drop goes before, into or behind a line; behind an open one is before its first", () => {
  expect([2, 14, 26].map((y) => whereOn(node("1"), 28, y))).toEqual(["before", "inside", "after"]);
  expect(placeOn(tree, node("2b"), "before")).toMatchObject({
    parentId: "2",
    after: { id: "2a" },
    before: { id: "2b" },
  });
  expect(placeOn(tree, node("2"), "after")).toMatchObject({ parentId: "2", before: { id: "2a" } });
  expect(placeOn(tree, node("1"), "inside")).toMatchObject({ parentId: "1" });
});

test("nothing goes below itself, nor where one may not write", () => {
  const into = (id: string) => ({ parentId: id, projectId: null });
  expect(mayGo(tree, at("2"), into("2aa"))).toBe(false);
  expect(mayGo(tree, at("2"), into("2"))).toBe(false);
  expect(mayGo(tree, at("2"), into("3"))).toBe(false);
  expect(mayGo(tree, at("2"), into("1"))).toBe(true);
  expect(isThere(tree, at("2b"), into("2"))).toBe(true);
  expect(isThere(tree, at("2a"), into("2"))).toBe(false);
});

test("the keys take it one step, and none where there is no step", () => {
  expect(stepPlace(tree, at("2"), "up")).toMatchObject({ before: { id: "1" } });
  expect(stepPlace(tree, at("2"), "down")).toMatchObject({ after: { id: "3" } });
  expect(stepPlace(tree, at("2"), "in")).toMatchObject({ parentId: "1" });
  expect(stepPlace(tree, at("2aa"), "out")).toMatchObject({ parentId: "2", after: { id: "2a" } });
  expect(stepPlace(tree, at("1"), "up")).toBeNull();
  expect(stepPlace(tree, at("1"), "in")).toBeNull();
  expect(stepPlace(tree, at("1"), "out")).toBeNull();
});
