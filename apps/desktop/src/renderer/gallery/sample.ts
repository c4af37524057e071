import type { Person } from "@/ui/avatar.tsx";
import { formatDay } from "@/ui/time-words.ts";
import type { Label, Status, Task } from "./task-shape.ts";

export const people: Person[] = [
  { id: "0192f0a1-ada", name: "Ada Lovelace" },
  { id: "0192f0a2-grace", name: "Grace Hopper" },
  { id: "0192f0a3-alan", name: "Alan Turing" },
  { id: "0192f0a4-mary", name: "Mary Shelley" },
  { id: "0192f0a5-li", name: "李雷" },
  { id: "0192f0a6-zoe", name: "Zoë Ångström" },
];

export const labels: Label[] = [
  { id: "bug", name: "Bug", color: "red" },
  { id: "feature", name: "Feature", color: "violet" },
  { id: "sync", name: "Sync", color: "teal" },
  { id: "design", name: "Design", color: "pink" },
  { id: "docs", name: "Documentation", color: "sky" },
];

export const statuses: Status[] = [
  { id: "backlog", name: "Backlog", category: "backlog" },
  { id: "todo", name: "To do", category: "unstarted" },
  { id: "doing", name: "In progress", category: "started" },
  { id: "done", name: "Done", category: "completed" },
  { id: "cancelled", name: "Cancelled", category: "cancelled" },
];

function day(fromToday: number): string {
  const now = new Date();
  return formatDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() + fromToday));
}

let number = 100;

function task(title: string, statusId: string, patch: Partial<Task> = {}): Task {
  number += 7;
  return {
    id: `task-${number}`,
    key: `APP-${number}`,
    number,
    title,
    statusId,
    priority: "none",
    assigneeIds: [],
    labelIds: [],
    dueDate: null,
    estimate: null,
    parentId: null,
    blockedByIds: [],
    rank: `a${number}`,
    createdAt: new Date(Date.now() - 3 * 3_600_000),
    completedAt: statusId === "done" ? new Date(Date.now() - 86_400_000) : null,
    archivedAt: null,
    commentCount: 0,
    subtaskCount: 0,
    subtaskDoneCount: 0,
    ...patch,
  };
}

const [ada = "", grace = "", alan = "", mary = "", li = "", zoe = ""] = people.map(({ id }) => id);

export const tasks: Task[] = [
  task("Explain the workspace key in the first-run screen", "backlog", { labelIds: ["docs"] }),
  task("Keyboard way to reorder columns", "backlog", { priority: "low", labelIds: ["feature"] }),
  task("Import: keep Jira’s sub-task links when parents come later in the file", "backlog", {
    priority: "medium",
    assigneeIds: [li],
    commentCount: 2,
  }),
  task("Show who else is looking at a task", "backlog"),
  task("Cards jump when two people drop into the same column at once", "todo", {
    priority: "urgent",
    assigneeIds: [ada, grace],
    labelIds: ["bug", "sync"],
    dueDate: day(-2),
    commentCount: 6,
  }),
  task("Empty states for list and calendar", "todo", {
    priority: "medium",
    assigneeIds: [zoe],
    labelIds: ["design"],
    dueDate: day(1),
  }),
  task("Retry an upload from where it stopped", "todo", { priority: "high", dueDate: day(12) }),
  task(
    "Reconnect after sleep shows the last hour of changes in order, once, without a reload",
    "doing",
    {
      priority: "high",
      assigneeIds: [alan],
      labelIds: ["sync", "bug", "feature"],
      subtaskCount: 5,
      subtaskDoneCount: 3,
      commentCount: 3,
    },
  ),
  task("Dark mode: raise popups above cards", "doing", {
    assigneeIds: [mary, ada, li, zoe, grace],
    labelIds: ["design"],
    dueDate: day(0),
  }),
  task("Typed client for tools", "doing", {
    priority: "medium",
    assigneeIds: [grace],
    dueDate: day(4),
  }),
  task("Sign-in answers alike for unknown accounts", "done", {
    priority: "high",
    assigneeIds: [grace],
    dueDate: day(-9),
    subtaskCount: 4,
    subtaskDoneCount: 4,
  }),
  task("Number tasks without gaps under load", "done", { assigneeIds: [alan], labelIds: ["sync"] }),
];

export const description = `Two people drop a card at the same place and **one of the cards jumps** after a second.

## What should happen

Both cards stay where they were dropped; see [the design](https://example.org/rank).

- [x] Give equal ranks a stable order by id
- [ ] Rebalance a column when a rank grows past \`64\` characters
- [ ] Test with two browsers

\`\`\`ts
const rank = between(before?.rank ?? null, after?.rank ?? null);
\`\`\`

> It is worst on slow connections, where the answer comes after the next drag.

| Browser | Seen |
| --- | --- |
| Firefox 150 | often |
| Safari 26 | never |
`;
