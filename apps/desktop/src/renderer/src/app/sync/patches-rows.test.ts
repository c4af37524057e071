import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, test } from "vitest";
import { commentsKey } from "@/entities/comments/sync/comment.ts";
import { boardKey, taskKey } from "@/entities/tasks/sync/task.ts";
import { aGroup } from "@/entities/tasks/testing-tasks.ts";
import { change, comment, ME, PROJECT, taskRow, WORKSPACE } from "@/entities/testing-rows.ts";
import { type Workspace, workspaceKey } from "@/entities/workspaces/workspace.ts";
import { CacheTransaction } from "@/sync/cache-transaction.ts";
import { applyChange } from "@/sync/define-entity.ts";
import { queryKey } from "@/sync/procedures.ts";
import { entities } from "./registry.ts";

let cache: QueryClient;
beforeEach(() => {
  cache = new QueryClient();
  const tasks = new Map([["1", taskRow("1", { version: 3 })]]);
  cache.setQueryData(boardKey(PROJECT), { tasks, complete: true });
});

function applyAll(...changes: Parameters<typeof change>[0][]) {
  const tx = new CacheTransaction(cache);
  for (const c of changes)
    applyChange(entities, tx, change(c), { workspaceId: WORKSPACE, myId: ME });
  tx.commit();
}
const board = () => cache.getQueryData(boardKey(PROJECT))?.tasks;
const update = (version: number, title: string) =>
  ({ entity: "task", op: "update", id: "1", row: taskRow("1", { version, title }) }) as const;

test("a newer row replaces the older, an older one arriving late changes nothing", () => {
  applyAll(update(4, "new"), update(2, "late"));
  expect(board()?.get("1")).toMatchObject({ title: "new", version: 4 });
});

test("the same change applied twice is as once", () => {
  const insert = { entity: "task", op: "insert", id: "2", row: taskRow("2") } as const;
  applyAll(insert);
  const once = new Map(board());
  applyAll(insert);
  expect(board()).toEqual(once);
});

test("a deleted task leaves the board and my work", () => {
  const mine = { items: [taskRow("1")], seq: 1, epoch: "e" };
  cache.setQueryData(queryKey("tasks.mine", { workspaceId: WORKSPACE }), mine);
  applyAll({ entity: "task", op: "delete", id: "1", row: null });
  expect(board()?.size).toBe(0);
  expect(cache.getQueryData(queryKey("tasks.mine", { workspaceId: WORKSPACE }))).toMatchObject({
    items: [],
  });
});

test("a task assigned to me joins my work, and leaves it when it is taken away", () => {
  cache.setQueryData(queryKey("tasks.mine", { workspaceId: WORKSPACE }), {
    items: [],
    seq: 1,
    epoch: "e",
  });
  const row = taskRow("1", { version: 4, assigneeIds: [ME] });
  applyAll({ entity: "task", op: "update", id: "1", row });
  expect(cache.getQueryData(queryKey("tasks.mine", { workspaceId: WORKSPACE }))).toMatchObject({
    items: [{ id: "1" }],
  });
  const away = taskRow("1", { version: 5 });
  applyAll({ entity: "task", op: "update", id: "1", row: away });
  expect(cache.getQueryData(queryKey("tasks.mine", { workspaceId: WORKSPACE }))).toMatchObject({
    items: [],
  });
});

test("a task assigned to a group of mine joins my work; who comes into a group asks for it", () => {
  const mine = queryKey("tasks.mine", { workspaceId: WORKSPACE });
  cache.setQueryData(mine, { items: [], seq: 1, epoch: "e" });
  const group = aGroup("design", [ME]);
  const w = { members: [], groups: [group] } as unknown as Workspace;
  cache.setQueryData(workspaceKey(WORKSPACE), w);
  const row = taskRow("1", { version: 4, assigneeIds: ["design"] });
  applyAll({ entity: "task", op: "update", id: "1", row });
  expect(cache.getQueryData(mine)).toMatchObject({ items: [{ id: "1" }] });
  applyAll({ entity: "group", op: "update", id: "design", row: { ...group, name: "Drawing" } });
  expect(cache.getQueryState(mine)?.isInvalidated).toBe(false);
  applyAll({ entity: "group", op: "update", id: "design", row: { ...group, members: [] } });
  expect(cache.getQueryState(mine)?.isInvalidated).toBe(true);
});

test("a board that nobody opened is not made up", () => {
  const row = taskRow("9", { projectId: "other" });
  applyAll({ entity: "task", op: "insert", id: "9", row });
  expect(cache.getQueryData(boardKey("other"))).toBeUndefined();
});

test("comments come in their order of time, and go", () => {
  cache.setQueryData(commentsKey("1"), [comment("b")]);
  const early = comment("a", { createdAt: new Date("2026-01-01T00:00:00Z") });
  applyAll({ entity: "comment", op: "insert", id: "a", row: early });
  const ids = () => cache.getQueryData(commentsKey("1"))?.map((c) => c.id);
  expect(ids()).toEqual(["a", "b"]);
  applyAll({ entity: "comment", op: "delete", id: "a", row: null });
  expect(ids()).toEqual(["b"]);
});

test("a project that I may no longer see leaves nothing behind", () => {
  cache.setQueryData(taskKey("1"), { ...taskRow("1"), description: "" });
  const row = { projectId: PROJECT, userId: ME, role: null };
  applyAll({ entity: "access", op: "delete", id: PROJECT, row });
  expect(board()).toBeUndefined();
  expect(cache.getQueryData(taskKey("1"))).toBeUndefined();
});
