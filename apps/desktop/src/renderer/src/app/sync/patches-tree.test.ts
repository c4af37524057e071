import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, test } from "vitest";
import { treeKey } from "@/entities/documents/sync/document.ts";
import { change, ME, documentRow as row, WORKSPACE } from "@/entities/testing-rows.ts";
import { CacheTransaction } from "@/sync/cache-transaction.ts";
import { applyChange } from "@/sync/define-entity.ts";
import { entities } from "./registry.ts";

let cache: QueryClient;
beforeEach(() => {
  cache = new QueryClient();
  const all = [row("a", { version: 3 }), row("s", { areaId: "s" }), row("t", { areaId: "s" })];
  const documents = new Map(all.map((each) => [each.id, each]));
  cache.setQueryData(treeKey(WORKSPACE), { documents, areas: { s: "viewer" } });
});

function applyAll(...changes: Parameters<typeof change>[0][]) {
  const tx = new CacheTransaction(cache);
  for (const c of changes)
    applyChange(entities, tx, change(c), { workspaceId: WORKSPACE, myId: ME });
  tx.commit();
}
const tree = () => cache.getQueryData(treeKey(WORKSPACE));
const ids = () => [...(tree()?.documents.keys() ?? [])].sort();
const isStale = () => cache.getQueryState(treeKey(WORKSPACE))?.isInvalidated;
const access = (id: string, role: "editor" | null, userId = ME) =>
  ({
    entity: "documentAccess",
    op: role ? "update" : "delete",
    id,
    row: { documentId: id, userId, role, isAdded: false },
  }) as const;

test("a newer row replaces the older, an older one arriving late changes nothing", () => {
  const update = (version: number, title: string) =>
    ({ entity: "document", op: "update", id: "a", row: row("a", { version, title }) }) as const;
  applyAll(update(4, "new"), update(2, "late"));
  expect(tree()?.documents.get("a")).toMatchObject({ title: "new", version: 4 });
});

test("an area that I may no longer see is forgotten with all that stands in it", () => {
  applyAll(access("s", null));
  expect(ids()).toEqual(["a"]);
  expect(tree()?.areas).toEqual({});
});

test("what has access of its own now keeps its place here: its role comes first, then its rows", () => {
  applyAll(
    access("a", "editor"),
    { entity: "document", op: "delete", id: "a", row: null },
    { entity: "document", op: "insert", id: "a", row: row("a", { version: 4, areaId: "a" }) },
  );
  expect(ids()).toEqual(["a", "s", "t"]);
  expect(tree()?.areas).toEqual({ a: "editor", s: "viewer" });
  expect(isStale()).toBe(false);
});

test("an area that I am let into is read, and another person's right changes nothing here", () => {
  applyAll(access("s", null, "somebody else"));
  expect(ids()).toEqual(["a", "s", "t"]);
  expect(isStale()).toBe(false);
  applyAll(access("new", "editor"));
  expect(isStale()).toBe(true);
});
