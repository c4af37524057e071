import { Plus } from "lucide-react";
import { useState } from "react";
import { useAssigneesById } from "@/entities/groups/assignees.ts";
import { SubtaskCount } from "@/entities/tasks/card/subtask-count.tsx";
import { DueDate } from "@/entities/tasks/properties/day-text.tsx";
import { TaskDone } from "@/entities/tasks/row/task-done.tsx";
import { TaskLink } from "@/entities/tasks/row/task-link.tsx";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { AvatarStack } from "@/ui/people/avatar-stack.tsx";

type Props = {
  task: TaskView;
  project: Project;
  subtasks: readonly TaskView[];
  readOnly: boolean;
};

/** The parts of a task, each a task of its own. */
export function Subtasks({ task, project, subtasks, readOnly }: Props) {
  const people = useAssigneesById();
  if (readOnly && subtasks.length === 0) return null;
  const done = subtasks.filter((each) => each.completedAt).length;
  return (
    <section aria-label="Subtasks">
      <h3 className="flex h-7 items-center gap-2 font-medium text-13">
        Subtasks
        {subtasks.length > 0 && <SubtaskCount done={done} total={subtasks.length} />}
      </h3>
      <ul>
        {subtasks.map((each) => (
          <li key={each.id} className="flex h-8 items-center">
            <TaskDone task={each} project={project} readOnly={readOnly} />
            <span className="min-w-0 flex-1">
              <TaskLink task={each} statuses={project.statuses} hasCheckbox />
            </span>
            <span className="flex shrink-0 items-center gap-3 pl-2 [--stack-ring:var(--surface)]">
              {each.dueDate && <DueDate day={each.dueDate} isDone={each.completedAt !== null} />}
              <AvatarStack people={each.assigneeIds.flatMap((id) => people.get(id) ?? [])} />
            </span>
          </li>
        ))}
      </ul>
      {!readOnly && <AddSubtask task={task} project={project} />}
    </section>
  );
}

function AddSubtask({ task, project }: { task: TaskView; project: Project }) {
  const mutations = useTaskMutations();
  const [title, setTitle] = useState("");
  const first =
    project.statuses.find(({ category }) => category === "unstarted") ?? project.statuses[0];

  function add() {
    const named = title.trim();
    if (!named || !first) return;
    mutations.create({
      projectId: project.id,
      title: named,
      parentId: task.id,
      statusId: first.id,
    });
    setTitle("");
  }

  return (
    <div className="-mx-1 flex h-8 items-center gap-2 rounded-control px-1 focus-within:bg-hover hover:bg-hover">
      <Plus size={14} className="ml-px shrink-0 text-faint" aria-hidden="true" />
      <input
        dir="auto"
        aria-label="New subtask"
        placeholder="Add a subtask…"
        maxLength={500}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") add();
          if (event.key !== "Escape") return;
          event.preventDefault();
          setTitle("");
          event.currentTarget.blur();
        }}
        className="h-full min-w-0 flex-1 bg-transparent text-13 outline-none"
      />
    </div>
  );
}
