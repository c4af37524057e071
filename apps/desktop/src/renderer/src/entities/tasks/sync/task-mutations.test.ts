import { expect, test } from "vitest";
import { ME, PROJECT, taskRow, WORKSPACE } from "@/entities/testing-rows.ts";
import { type Asked, byPath } from "@/sync/define-mutation.ts";
import { applyOptimistically } from "@/sync/optimistic.ts";
import type { OutboxEntry } from "@/sync/outbox/outbox-store.ts";
import type { Refusal } from "@/sync/server/refusal.ts";
import { swapOf } from "./swap-tasks.ts";
import type { TaskRow } from "./task.ts";
import * as taskMutations from "./task-mutations.ts";
import { tasksIn, taskView } from "./task-view.ts";

const rows = new Map([
  ["1", taskRow("1")],
  ["2", taskRow("2")],
]);

const entry = (asked: Asked, more: Partial<OutboxEntry> = {}) =>
  ({
    id: "01890000-0000-7000-8000-000000000000",
    userId: ME,
    workspaceId: WORKSPACE,
    label: "An edit",
    ...asked,
    ...more,
  }) as OutboxEntry;

const mutations = byPath(Object.values(taskMutations));
function shown(of: ReadonlyMap<string, TaskRow>, entries: OutboxEntry[]) {
  const state = tasksIn(of, PROJECT);
  applyOptimistically(mutations, { view: taskView, state }, entries);
  return state.tasks.current;
}

const refusal: Refusal = { reason: "role_too_low", message: "Nothing was changed." };

test("rows that nothing waits for are the rows themselves", () => {
  const elsewhere = entry({ mutation: "tasks.archiveMany", input: { ids: ["9"] } });
  expect(shown(rows, [elsewhere])).toBe(rows);
});

test("a patch shows what it names and leaves the rest", () => {
  const patch = { title: "New", priority: undefined };
  const waiting = entry({ mutation: "tasks.update", input: { id: "1", patch } });
  const task = shown(rows, [waiting]).get("1");
  expect(task).toMatchObject({ title: "New", priority: "none", edit: { state: "waiting" } });
});

test("a move shows in its new column at its new place", () => {
  const input = { id: "1", statusId: "done" };
  const waiting = entry({ mutation: "tasks.move", input }, { shown: { rank: "a5" } });
  expect(shown(rows, [waiting]).get("1")).toMatchObject({
    statusId: "done",
    rank: "a5",
  });
});

test("a deleted task is gone, and back with the server's words when that was refused", () => {
  const asked: Asked = { mutation: "tasks.deleteMany", input: { ids: ["1"] } };
  expect(shown(rows, [entry(asked)]).has("1")).toBe(false);
  const back = shown(rows, [entry(asked, { refusal })]).get("1");
  expect(back?.edit).toMatchObject({ state: "failed", message: refusal.message });
});

test("a new task shows until the server's row is there, and then only that one", () => {
  const input = { id: "3", projectId: PROJECT, title: "Third" };
  const waiting = entry(
    { mutation: "tasks.create", input },
    { shown: taskRow("3", { key: "New" }) },
  );
  expect(shown(rows, [waiting]).get("3")?.key).toBe("New");
  const arrived = new Map([...rows, ["3", taskRow("3")] as const]);
  expect(shown(arrived, [waiting]).get("3")?.key).toBe("APP-3");
});

test("an undo shows at once: its own fields go back, what somebody changed since stays", () => {
  const was = taskRow("1", { title: "Was", labelIds: ["a", "b"], statusId: "todo", rank: "a1" });
  const is = { ...was, title: "Is", labelIds: ["a"], statusId: "done", rank: "a9" };
  const undone = (now: typeof was) => {
    const swaps = [swapOf("1", is, was)];
    const waiting = entry(
      { mutation: "tasks.undo", input: { ids: ["1"], of: "m" } },
      { shown: swaps },
    );
    return shown(new Map([["1", now]]), [waiting]).get("1");
  };
  // The rank of the end of a column is the server's to choose.
  expect(undone({ ...is, rank: "b3" })).toMatchObject(was);
  const theirs = { ...is, title: "Theirs", labelIds: ["a", "c"], statusId: "doing" };
  expect(undone(theirs)).toMatchObject({
    title: "Theirs",
    labelIds: ["a", "c", "b"],
    statusId: "doing",
    rank: "a9",
  });
});

test("an undone deletion shows the task where it stood, an undone creation takes it away", () => {
  const gone = new Map([...rows].filter(([id]) => id !== "2"));
  const asked: Asked = { mutation: "tasks.undo", input: { ids: ["2"], of: "m" } };
  const back = entry(asked, { shown: [swapOf("2", null, taskRow("2"))] });
  expect(shown(gone, [back]).get("2")).toMatchObject(taskRow("2"));
  const away = entry(asked, { shown: [swapOf("2", taskRow("2"), null)] });
  expect(shown(rows, [away]).has("2")).toBe(false);
});
