import { projectColor } from "@/entities/projects/project-color.ts";
import { ChecklistCount } from "@/entities/tasks/card/checklist-count.tsx";
import { DueDate } from "@/entities/tasks/properties/day-text.tsx";
import { StatusPicker } from "@/entities/tasks/properties/status-property.tsx";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { cx } from "@/ui/format/cx.ts";
import { LabelDot } from "@/ui/icons/label-dot.tsx";
import { PriorityIcon } from "@/ui/icons/priority-icon.tsx";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";
import { Cell, Row, type RowList } from "@/ui/layout/row-list.tsx";

type Props = {
  task: TaskView;
  project: Project;
  /** Open in the panel. */
  isOpen: boolean;
  list: RowList;
  onOpen: () => void;
  isPicking: boolean;
  onPickingChange: (isPicking: boolean) => void;
};

export function MyTaskRow(props: Props) {
  const { task, project, isOpen, list, onOpen, isPicking, onPickingChange } = props;
  const mutations = useTaskMutations();
  const status = project.statuses.find(({ id }) => id === task.statusId);
  const mayEdit = project.role !== "viewer";
  return (
    <Row
      id={task.id}
      list={list}
      isOpen={isOpen}
      onOpen={onOpen}
      className="flex h-(--row-height) items-center gap-2 pr-4 pl-3"
    >
      <Cell className="flex">
        <PriorityIcon priority={task.priority} named />
      </Cell>
      <Cell className="w-18 shrink-0 truncate text-12 text-muted tabular-nums">
        {task.number ? task.key : "New"}
      </Cell>
      {/* A click on the status is a change, not a way into the task. */}
      <Cell className="flex" onClick={(event) => event.stopPropagation()}>
        {status && mayEdit ? (
          <StatusPicker
            tasks={[task]}
            project={project}
            open={isPicking}
            onOpenChange={onPickingChange}
            onPatch={(patchOf) => mutations.update(task, patchOf(task))}
            trigger={
              <button
                type="button"
                tabIndex={task.id === list.currentId ? 0 : -1}
                title={status.name}
                className="grid size-6 place-items-center rounded-control hover:bg-active"
              >
                <StatusIcon category={status.category} label={status.name} />
              </button>
            }
          />
        ) : (
          <span className="grid size-6 place-items-center">
            {status && <StatusIcon category={status.category} label={status.name} />}
          </span>
        )}
      </Cell>
      <Cell className="min-w-0 flex-1 truncate">
        <span dir="auto" className={cx("font-medium", task.completedAt && "text-muted")}>
          {task.title}
        </span>
        {task.edit?.state === "failed" && (
          <span className="ml-2 text-12 text-danger-ink" title={task.edit.message}>
            Not saved
          </span>
        )}
      </Cell>
      <Cell className="flex">
        <ChecklistCount task={task} />
      </Cell>
      <Cell className="flex max-w-36 shrink-0 items-center gap-1.5 text-12 text-muted @max-lg/main:hidden">
        <LabelDot color={projectColor(project.id)} />
        <span dir="auto" className="truncate">
          {project.name}
        </span>
      </Cell>
      <Cell className="flex w-20 shrink-0 justify-end @max-sm/main:w-auto">
        {task.dueDate && <DueDate day={task.dueDate} isDone={task.completedAt !== null} />}
      </Cell>
    </Row>
  );
}
