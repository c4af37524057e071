import type { PlannedTask } from "./plan.ts";
import type { ProblemList } from "./problem-list.ts";

/**
 * Makes parents and blockers storable: no task is its own ancestor or blocks itself around a
 * corner. The link that would close a circle is dropped and reported; the rest stays.
 */
export function checkLinks(tasks: PlannedTask[], problems: ProblemList): void {
  const byId = new Map(tasks.map((task) => [task.sourceId, task]));
  for (const task of tasks) {
    task.blockedBySourceIds = [...new Set(task.blockedBySourceIds)];
    reportAbsent(task, byId, problems);
  }
  dropCircles(tasks, byId, {
    links: (task) => (task.parentSourceId === null ? [] : [task.parentSourceId]),
    drop: (task, id) => {
      task.parentSourceId = null;
      problems.note(
        task.place,
        "parent",
        `The parent ${keyOf(id)} would create a loop, so it was skipped.`,
      );
    },
  });
  dropCircles(tasks, byId, {
    links: (task) => task.blockedBySourceIds,
    drop: (task, id) => {
      task.blockedBySourceIds = task.blockedBySourceIds.filter((other) => other !== id);
      problems.note(
        task.place,
        "blocked by",
        `Blocked by ${keyOf(id)} would create a loop, so it was skipped.`,
      );
    },
  });
}

function reportAbsent(
  task: PlannedTask,
  byId: Map<string, PlannedTask>,
  problems: ProblemList,
): void {
  if (task.parentSourceId !== null && !byId.has(task.parentSourceId)) {
    const message = `The parent ${keyOf(task.parentSourceId)} isn't in this file. It's linked only if it was imported before.`;
    problems.note(task.place, "parent", message);
  }
  const absent = task.blockedBySourceIds.filter((id) => !byId.has(id));
  if (absent.length === 0) return;
  const message = `Blocked by ${absent.map(keyOf).join(", ")}, which isn't in this file. It's linked only if it was imported before.`;
  problems.note(task.place, "blocked by", message);
}

type LinkKind = {
  links: (task: PlannedTask) => string[];
  drop: (task: PlannedTask, id: string) => void;
};

/** Depth first with a stack of its own: a chain of 100,000 sub-tasks must not overflow the call stack. */
function dropCircles(
  tasks: PlannedTask[],
  byId: Map<string, PlannedTask>,
  { links, drop }: LinkKind,
): void {
  const state = new Map<string, "open" | "done">();
  for (const root of tasks) {
    if (state.has(root.sourceId)) continue;
    const stack = [{ task: root, rest: [...links(root)] }];
    state.set(root.sourceId, "open");
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const id = top.rest.pop();
      if (id === undefined) {
        state.set(top.task.sourceId, "done");
        stack.pop();
        continue;
      }
      const next = byId.get(id);
      if (next === undefined || state.get(id) === "done") continue;
      if (state.get(id) === "open") {
        drop(top.task, id);
        continue;
      }
      state.set(id, "open");
      stack.push({ task: next, rest: [...links(next)] });
    }
  }
}

/** People know "APP-12", not "jira:APP-12". */
function keyOf(sourceId: string): string {
  return sourceId.slice(sourceId.indexOf(":") + 1);
}
