import { expect, test } from "vitest";
import { ME, documentRow as row, WORKSPACE } from "@/entities/testing-rows.ts";
import { type Asked, byPath } from "@/sync/define-mutation.ts";
import { applyOptimistically, ChangedRows } from "@/sync/optimistic.ts";
import type { OutboxEntry } from "@/sync/outbox/outbox-store.ts";
import type { Refusal } from "@/sync/server/refusal.ts";
import type { DocumentView } from "./document.ts";
import * as documentMutations from "./document-mutations.ts";
import * as favouriteMutations from "./favourite-mutations.ts";
import type { DocumentSwap } from "./swap-document.ts";
import { indexOf, pathOf, ROOT, treeView } from "./tree-index.ts";

/** a > b > c, and d beside a; c is an area of its own. */
const rows = new Map(
  [
    row("a"),
    row("b", { parentId: "a" }),
    row("c", { parentId: "b", areaId: "c" }),
    row("d", { areaId: "d", projectId: "p" }),
  ].map((each) => [each.id, each]),
);

let next = 0;
const entry = (asked: Asked, more: Partial<OutboxEntry> = {}) =>
  ({
    id: `01890000-0000-7000-8000-00000000000${next++}`,
    userId: ME,
    workspaceId: WORKSPACE,
    label: "An edit",
    ...asked,
    ...more,
  }) as OutboxEntry;
const refusal: Refusal = { reason: "below_itself", message: "Nothing was moved." };
const mutations = byPath([
  ...Object.values(documentMutations),
  ...Object.values(favouriteMutations),
]);
function shown(...entries: OutboxEntry[]) {
  const state = { documents: new ChangedRows<DocumentView>(rows) };
  applyOptimistically(mutations, { view: treeView, state }, entries);
  return state.documents.current;
}

test("rows that nothing waits for are the rows themselves", () => {
  const favourite = entry({ mutation: "documents.addFavourite", input: { id: "a" } });
  const elsewhere = entry({ mutation: "documents.archive", input: { id: "z" } });
  expect(shown(favourite, elsewhere)).toBe(rows);
});

test("a moved document takes what is below it to its new project and area, but for areas in it", () => {
  const input = { id: "b", parentId: "d", projectId: "p" };
  const tree = shown(entry({ mutation: "documents.move", input }, { shown: { rank: "a1" } }));
  expect(tree.get("b")).toMatchObject({ parentId: "d", projectId: "p", areaId: "d", rank: "a1" });
  expect(tree.get("c")).toMatchObject({ projectId: "p", areaId: "c", version: 1 });
  expect(pathOf(tree, rows.get("c") ?? row("c")).map(({ id }) => id)).toEqual(["d", "b"]);
});

test("a refused move shows it where it is, with what the server said", () => {
  const moved = entry(
    { mutation: "documents.move", input: { id: "b", parentId: "d" } },
    { refusal },
  );
  expect(shown(moved).get("b")).toMatchObject({
    parentId: "a",
    edit: { state: "failed", message: "Nothing was moved." },
  });
});

const undone = (swap: DocumentSwap, more: Partial<OutboxEntry> = {}) =>
  entry({ mutation: "documents.undo", input: { id: swap.id, of: "m" } }, { shown: swap, ...more });

test("deleted, all below it goes; undone, it is there at once; a new one goes by its undo", () => {
  const gone = entry({ mutation: "documents.delete", input: { id: "a" } });
  expect([...shown(gone).keys()]).toEqual(["d"]);
  const below = ["b", "c"].flatMap((id) => rows.get(id) ?? []);
  const back = undone({ id: "a", from: null, to: row("a"), below });
  expect([...shown(gone, back).keys()].sort()).toEqual(["a", "b", "c", "d"]);
  expect([...shown(undone({ id: "b", from: row("b"), to: null })).keys()]).toEqual(["a", "d"]);
});

test("undone, what nobody has changed since is as before, and its place only where it was put", () => {
  const patch = { title: "New", icon: "🐝" };
  const edit = entry({ mutation: "documents.update", input: { id: "b", patch } });
  const theirs = entry({
    mutation: "documents.update",
    input: { id: "b", patch: { title: "Theirs" } },
  });
  const back = undone({ id: "b", from: patch, to: { title: "b", icon: null } });
  expect(shown(edit, back).get("b")).toMatchObject({ title: "b", icon: null });
  expect(shown(edit, theirs, back).get("b")).toMatchObject({ title: "Theirs", icon: null });

  const input = { id: "b", parentId: "d", projectId: "p" };
  const away = entry({ mutation: "documents.move", input }, { shown: { rank: "a1" } });
  const was = { parentId: "a", projectId: null, rank: "a0" };
  const home = { id: "b", from: { parentId: "d", projectId: "p", rank: "a1" }, to: was };
  expect(shown(away, undone(home)).get("b")).toMatchObject(was);
  expect(shown(away, undone(home)).get("c")).toMatchObject({ projectId: null });
  expect(shown(undone({ ...home, id: "d" })).get("d")).toMatchObject({ parentId: null });
  expect(shown(away, undone(home, { refusal })).get("b")).toMatchObject({ parentId: "d" });
});

test("the index orders by rank and leaves out what is archived", () => {
  const archived = shown(entry({ mutation: "documents.archive", input: { id: "a" } }));
  expect(
    indexOf(rows)
      .children(ROOT)
      .map(({ id }) => id),
  ).toEqual(["a"]);
  expect(indexOf(archived).children(ROOT)).toEqual([]);
  expect(
    indexOf(rows)
      .children("p")
      .map(({ id }) => id),
  ).toEqual(["d"]);
});
