import { useState } from "react";
import { editing } from "@/entities/tasks/commands/editing.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { RowGrid, RowGroup, useRowList } from "@/ui/layout/row-list.tsx";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import { MyTaskRow } from "./my-task-row.tsx";

export type TaskGroup = { name: string; isUrgent?: boolean; tasks: TaskView[] };

type Props = {
  groups: readonly TaskGroup[];
  projects: ReadonlyMap<string, Project>;
  openId: string | null;
  /** `again`: it was open already. */
  onOpen: (task: TaskView, again: boolean) => void;
};

/** Arrows (or j and k) go from row to row, Enter opens, s changes the status. */
export function MyTaskList({ groups, projects, openId, onOpen }: Props) {
  const [pickingId, setPickingId] = useState<string | null>(null);
  const tasks = new Map(groups.flatMap((group) => group.tasks).map((task) => [task.id, task]));
  const list = useRowList({
    ...{ scroll: "my work", group: "My work", noun: "task", openId },
    ids: [...tasks.keys()],
    onGo: (id) => {
      const next = tasks.get(id);
      if (openId && next) onOpen(next, false);
    },
    keys: {
      Enter: (id) => {
        const task = tasks.get(id);
        if (task) onOpen(task, id === openId);
      },
    },
  });
  const current = list.currentId === undefined ? undefined : tasks.get(list.currentId);

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

  return (
    <RowGrid label="My tasks" list={list}>
      {groups.map(({ name, isUrgent, tasks: some }) => (
        <RowGroup key={name} name={name} count={some.length} isUrgent={isUrgent}>
          {some.map((task) => {
            const project = projects.get(task.projectId);
            return (
              project && (
                <MyTaskRow
                  key={task.id}
                  task={task}
                  project={project}
                  list={list}
                  isOpen={task.id === openId}
                  onOpen={() => onOpen(task, task.id === openId)}
                  isPicking={task.id === pickingId}
                  onPickingChange={(isOpen) => setPickingId(isOpen ? task.id : null)}
                />
              )
            );
          })}
        </RowGroup>
      ))}
    </RowGrid>
  );
}
