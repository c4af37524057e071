import { type KeyboardEvent, useRef, useState } from "react";
import { editing } from "@/entities/tasks/commands/editing.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { useRestoredScroll } from "@/ui/layout/restored-scroll.ts";
import { latinKey } from "@/ui/shortcuts/keys.ts";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import { type Group, groupNames } from "./due-groups.ts";
import { MyTaskRow } from "./my-task-row.tsx";

type Props = {
  groups: readonly Group<TaskView>[];
  projects: ReadonlyMap<string, Project>;
  openId: string | null;
  /** `again`: it was open already. */
  onOpen: (task: TaskView, again: boolean) => void;
};

const steps: Record<string, number> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** One Tab stop; arrows (or j and k) go from row to row, Enter opens, s changes the status. */
export function MyTaskList({ groups, projects, openId, onOpen }: Props) {
  const grid = useRef<HTMLDivElement>(null);
  useRestoredScroll(grid, "my work");
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [pickingId, setPickingId] = useState<string | null>(null);
  const tasks = groups.flatMap((group) => group.tasks);
  const current = tasks.find(({ id }) => id === (currentId ?? openId)) ?? tasks[0];

  useShortcut(
    // With a task open beside the list the key belongs to that one.
    { keys: openId ? null : "s", label: "Change status", group: "My work" },
    () => current && setPickingId(current.id),
  );
  const project = current && projects.get(current.projectId);
  const mayEdit = project !== undefined && project.role !== "viewer";
  useShortcut(
    { keys: mayEdit ? "e" : null, label: "Edit the description", group: "My work" },
    () => {
      if (!current) return;
      editing.set(current.id);
      if (current.id !== openId) onOpen(current, false);
    },
  );
  useShortcut({ keys: "j", label: "Next task", group: "My work" }, () => go(1));
  useShortcut({ keys: "k", label: "Previous task", group: "My work" }, () => go(-1));

  function go(step: number) {
    const at = tasks.findIndex(({ id }) => id === current?.id);
    const isEntering = !grid.current?.contains(document.activeElement);
    const next = tasks[Math.max(0, Math.min(tasks.length - 1, isEntering ? at : at + step))];
    if (!next) return;
    grid.current?.querySelector<HTMLElement>(`[data-task="${next.id}"]`)?.focus();
    if (openId) onOpen(next, false);
  }

  function onKeyDown(event: KeyboardEvent) {
    const isRow = (event.target as Element).matches("[data-task]");
    const step = steps[latinKey(event.nativeEvent)];
    if (!isRow || event.metaKey || event.ctrlKey || event.altKey) return;
    if (step) go(step);
    else if (event.key === "Enter" && current) onOpen(current, current.id === openId);
    else return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: its rows are opened, a table's are not.
    <div
      ref={grid}
      role="grid"
      tabIndex={-1}
      aria-label="My tasks"
      onKeyDown={onKeyDown}
      className="min-h-0 flex-1 overflow-y-auto pb-6 outline-none"
    >
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: see above.
        <div key={group.name} role="rowgroup" aria-label={groupNames[group.name]}>
          {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
          <div
            role="row"
            tabIndex={-1}
            className="sticky top-0 z-[1] flex h-9 items-center gap-2 border-b bg-inset px-4 text-13"
          >
            {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
            <span role="rowheader" tabIndex={-1} className="flex items-center gap-2">
              <h2
                className={group.name === "overdue" ? "font-medium text-danger-ink" : "font-medium"}
              >
                {groupNames[group.name]}
              </h2>
              <span className="text-12 text-muted tabular-nums">{group.tasks.length}</span>
            </span>
          </div>
          {group.tasks.map((task) => {
            const project = projects.get(task.projectId);
            return (
              project && (
                <MyTaskRow
                  key={task.id}
                  task={task}
                  project={project}
                  isOpen={task.id === openId}
                  isCurrent={task.id === current?.id}
                  onOpen={() => onOpen(task, task.id === openId)}
                  onFocus={() => setCurrentId(task.id)}
                  isPicking={task.id === pickingId}
                  onPickingChange={(isOpen) => setPickingId(isOpen ? task.id : null)}
                />
              )
            );
          })}
        </div>
      ))}
    </div>
  );
}
