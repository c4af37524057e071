import { expect, test } from "vitest";
import { ME, PROJECT, taskRow, WORKSPACE } from "@/entities/testing-rows.ts";
import type { Act } from "@/sync/mutations.ts";
import type { OutboxEntry } from "@/sync/outbox/outbox-store.ts";
import { overlayTasks } from "./apply-optimistically.ts";
import { swapOf } from "./swap-tasks.ts";

const rows = new Map([
  ["1", taskRow("1")],
  ["2", taskRow("2")],
]);

const entry = (act: Act, more: Partial<OutboxEntry> = {}) =>
  ({
    id: "01890000-0000-7000-8000-000000000000",
    userId: ME,
    workspaceId: WORKSPACE,
    label: "An edit",
    ...act,
    ...more,
  }) as OutboxEntry;

const refusal = { reason: "role_too_low", message: "Nothing was changed." };

test("rows that nothing waits for are the rows themselves", () => {
  const elsewhere = entry({ act: "tasks.archiveMany", input: { ids: ["9"] } });
  expect(overlayTasks(rows, [elsewhere], PROJECT)).toBe(rows);
});

test("a patch shows what it names and leaves the rest", () => {
  const patch = { title: "New", priority: undefined };
  const waiting = entry({ act: "tasks.update", input: { id: "1", patch } });
  const shown = overlayTasks(rows, [waiting], PROJECT).get("1");
  expect(shown).toMatchObject({ title: "New", priority: "none", edit: { state: "waiting" } });
});

test("a move shows in its new column at its new place", () => {
  const input = { id: "1", statusId: "done" };
  const waiting = entry({ act: "tasks.move", input }, { place: { rank: "a5" } });
  expect(overlayTasks(rows, [waiting], PROJECT).get("1")).toMatchObject({
    statusId: "done",
    rank: "a5",
  });
});

test("a deleted task is gone, and back with the server's words when that was refused", () => {
  const act: Act = { act: "tasks.deleteMany", input: { ids: ["1"] } };
  expect(overlayTasks(rows, [entry(act)], PROJECT).has("1")).toBe(false);
  const back = overlayTasks(rows, [entry(act, { refusal })], PROJECT).get("1");
  expect(back?.edit).toMatchObject({ state: "failed", message: refusal.message });
});

test("a new task shows until the server's row is there, and then only that one", () => {
  const input = { id: "3", projectId: PROJECT, title: "Third" };
  const waiting = entry({ act: "tasks.create", input }, { shown: taskRow("3", { key: "New" }) });
  expect(overlayTasks(rows, [waiting], PROJECT).get("3")?.key).toBe("New");
  const arrived = new Map([...rows, ["3", taskRow("3")] as const]);
  expect(overlayTasks(arrived, [waiting], PROJECT).get("3")?.key).toBe("APP-3");
});

test("an undo shows at once: its own fields go back, what somebody changed since stays", () => {
  const was = taskRow("1", { title: "Was", labelIds: ["a", "b"], statusId: "todo", rank: "a1" });
  const is = { ...was, title: "Is", labelIds: ["a"], statusId: "done", rank: "a9" };
  const undone = (now: typeof was) => {
    const swaps = [swapOf("1", is, was)];
    const waiting = entry({ act: "tasks.undo", input: { ids: ["1"], of: "m" } }, { swaps });
    return overlayTasks(new Map([["1", now]]), [waiting], PROJECT).get("1");
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
  const act: Act = { act: "tasks.undo", input: { ids: ["2"], of: "m" } };
  const back = entry(act, { swaps: [swapOf("2", null, taskRow("2"))] });
  expect(overlayTasks(gone, [back], PROJECT).get("2")).toMatchObject(taskRow("2"));
  const away = entry(act, { swaps: [swapOf("2", taskRow("2"), null)] });
  expect(overlayTasks(rows, [away], PROJECT).has("2")).toBe(false);
});
