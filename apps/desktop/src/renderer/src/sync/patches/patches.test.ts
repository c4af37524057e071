import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, test } from "vitest";
import { CacheTransaction } from "@/sync/cache-transaction.ts";
import { keys } from "@/sync/keys.ts";
import type { Board, Comment } from "@/sync/types.ts";
import { applyChange } from "./patches.ts";
import { change, comment, ME, PROJECT, taskRow, WORKSPACE } from "./testing-rows.ts";

let cache: QueryClient;
beforeEach(() => {
  cache = new QueryClient();
  const tasks = new Map([["1", taskRow("1", { version: 3 })]]);
  cache.setQueryData<Board>(keys.board(PROJECT), { tasks, complete: true });
});

function lay(...changes: Parameters<typeof change>[0][]) {
  const tx = new CacheTransaction(cache);
  for (const c of changes) applyChange(tx, change(c), { workspaceId: WORKSPACE, myId: ME });
  tx.commit();
}
const board = () => cache.getQueryData<Board>(keys.board(PROJECT))?.tasks;
const update = (version: number, title: string) =>
  ({ entity: "task", op: "update", id: "1", row: taskRow("1", { version, title }) }) as const;

test("a newer row replaces the older, an older one arriving late changes nothing", () => {
  lay(update(4, "new"), update(2, "late"));
  expect(board()?.get("1")).toMatchObject({ title: "new", version: 4 });
});

test("the same change laid twice is as once", () => {
  const insert = { entity: "task", op: "insert", id: "2", row: taskRow("2") } as const;
  lay(insert);
  const once = new Map(board());
  lay(insert);
  expect(board()).toEqual(once);
});

test("a deleted task leaves the board and my work", () => {
  const mine = { items: [taskRow("1")], seq: 1, epoch: "e" };
  cache.setQueryData(keys.mine(WORKSPACE), mine);
  lay({ entity: "task", op: "delete", id: "1", row: null });
  expect(board()?.size).toBe(0);
  expect(cache.getQueryData(keys.mine(WORKSPACE))).toMatchObject({ items: [] });
});

test("a task assigned to me joins my work, and leaves it when it is taken away", () => {
  cache.setQueryData(keys.mine(WORKSPACE), { items: [], seq: 1, epoch: "e" });
  const row = taskRow("1", { version: 4, assigneeIds: [ME] });
  lay({ entity: "task", op: "update", id: "1", row });
  expect(cache.getQueryData(keys.mine(WORKSPACE))).toMatchObject({ items: [{ id: "1" }] });
  const away = taskRow("1", { version: 5 });
  lay({ entity: "task", op: "update", id: "1", row: away });
  expect(cache.getQueryData(keys.mine(WORKSPACE))).toMatchObject({ items: [] });
});

test("a board that nobody opened is not made up", () => {
  const row = taskRow("9", { projectId: "other" });
  lay({ entity: "task", op: "insert", id: "9", row });
  expect(cache.getQueryData(keys.board("other"))).toBeUndefined();
});

test("comments come in their order of time, and go", () => {
  cache.setQueryData<Comment[]>(keys.comments("1"), [comment("b")]);
  const early = comment("a", { createdAt: new Date("2026-01-01T00:00:00Z") });
  lay({ entity: "comment", op: "insert", id: "a", row: early });
  const ids = () => cache.getQueryData<Comment[]>(keys.comments("1"))?.map((c) => c.id);
  expect(ids()).toEqual(["a", "b"]);
  lay({ entity: "comment", op: "delete", id: "a", row: null });
  expect(ids()).toEqual(["b"]);
});

test("a project that I may no longer see leaves nothing behind", () => {
  cache.setQueryData(keys.task("1"), taskRow("1"));
  const row = { projectId: PROJECT, userId: ME, role: null };
  lay({ entity: "access", op: "delete", id: PROJECT, row });
  expect(board()).toBeUndefined();
  expect(cache.getQueryData(keys.task("1"))).toBeUndefined();
});
