import { MessageSquare, TriangleAlert } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { LabelPills } from "@/entities/tasks/card/label-pills.tsx";
import { SubtaskCount } from "@/entities/tasks/card/subtask-count.tsx";
import { DueDate } from "@/entities/tasks/properties/due-date.tsx";
import type { PickerName } from "@/entities/tasks/properties/task-properties.tsx";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Label, Status } from "@/entities/workspaces/workspace.ts";
import { Checkbox } from "@/ui/controls/checkbox.tsx";
import { cx } from "@/ui/format/cx.ts";
import { Badge } from "@/ui/icons/badge.tsx";
import { PriorityIcon } from "@/ui/icons/priority-icon.tsx";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";
import type { Person } from "@/ui/people/avatar.tsx";
import { AvatarStack } from "@/ui/people/avatar-stack.tsx";

type RowTask = Pick<
  TaskView,
  | "key"
  | "title"
  | "priority"
  | "dueDate"
  | "estimate"
  | "commentCount"
  | "completedAt"
  | "archivedAt"
  | "edit"
>;

type Props = Omit<ComponentProps<"div">, "children" | "className" | "role" | "onSelect"> & {
  task: RowTask;
  status: Pick<Status, "name" | "category">;
  labels: readonly (Pick<Label, "id" | "name"> & { color: string | null })[];
  assignees: readonly Person[];
  subtasks?: { done: number; total: number };
  selected: boolean;
  onSelectedChange: (selected: boolean) => void;
  /** Opens the picker of a property at its cell; without it the row only shows. */
  onEdit?: (property: PickerName, cell: Element) => void;
  /** Open in the peek panel. */
  open?: boolean;
};

/** Of the narrowest list that shows labels, they take a third: the title matters more. */
const LABEL_ROOM = 256;

/** One line of a list, 32 px; stands in a container with role="grid" that moves the focus. */
export function TaskRow({
  task,
  status,
  labels,
  assignees,
  subtasks,
  selected,
  onSelectedChange,
  onEdit,
  open,
  ...rest
}: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by the virtual list, not a table.
    <div
      tabIndex={-1}
      {...rest}
      role="row"
      aria-selected={selected}
      className={cx(
        "group flex h-(--row-height) select-none items-center gap-1 pr-4 pl-2 text-13 focus-visible:-outline-offset-2",
        selected || open
          ? "bg-accent-soft [--stack-ring:var(--accent-soft)]"
          : "[--stack-ring:var(--surface)] hover:bg-hover",
      )}
    >
      <Cell
        className={cx(
          "mr-1 flex transition-opacity @max-md/main:hidden focus-within:opacity-100 group-hover:opacity-100",
          !selected && "opacity-0",
        )}
      >
        <Checkbox
          label={`Select ${task.key}`}
          checked={selected}
          onCheckedChange={onSelectedChange}
        />
      </Cell>
      <Cell className="flex shrink-0">
        <Edit property="priority" name="Change priority" onEdit={onEdit}>
          <PriorityIcon priority={task.priority} named />
        </Edit>
      </Cell>
      <Cell className="w-16 shrink-0 truncate text-12 text-muted tabular-nums @max-md/main:hidden">
        {task.key}
      </Cell>
      <Cell className="flex shrink-0">
        <Edit property="status" name="Change status" onEdit={onEdit}>
          <StatusIcon category={status.category} label={status.name} />
        </Edit>
      </Cell>
      <TitleCell task={task} subtasks={subtasks} />
      <Cell className="hidden shrink-0 @5xl/main:flex">
        <Edit property="labels" name="Change labels" onEdit={onEdit} isEmpty={!labels.length}>
          {labels.length > 0 && <LabelPills labels={labels} room={LABEL_ROOM} />}
          {labels.length === 0 && <span className="text-12 text-faint">Labels</span>}
        </Edit>
      </Cell>
      <Cell className="w-10 shrink-0 text-right text-12 text-muted tabular-nums @max-4xl/main:hidden">
        {task.estimate !== null && <span title="Estimate">{task.estimate}</span>}
      </Cell>
      <Cell
        className={cx(
          "flex shrink-0 justify-end @4xl/main:w-24 @max-md/main:hidden",
          !task.dueDate && "@max-4xl/main:hidden",
        )}
      >
        <Edit property="dueDate" name="Set due date" onEdit={onEdit} isEmpty={!task.dueDate}>
          {task.dueDate ? (
            <DueDate day={task.dueDate} isDone={task.completedAt !== null} />
          ) : (
            <span className="text-12 text-faint">Due date</span>
          )}
        </Edit>
      </Cell>
      <Cell
        className={cx(
          "flex shrink-0 justify-end @4xl/main:w-16",
          assignees.length === 0 && "@max-4xl/main:hidden",
        )}
      >
        <Edit property="assignees" name="Assign" onEdit={onEdit} isEmpty={!assignees.length}>
          <AvatarStack people={assignees} size={20} most={2} />
          {assignees.length === 0 && <span className="text-12 text-faint">Assign</span>}
        </Edit>
      </Cell>
    </div>
  );
}

function TitleCell({ task, subtasks }: Pick<Props, "task" | "subtasks">) {
  return (
    <Cell className="flex min-w-0 flex-1 items-center gap-2 pl-1">
      <span dir="auto" className={cx("truncate font-medium", task.completedAt && "text-muted")}>
        {task.title}
      </span>
      {task.archivedAt && <Badge>Archived</Badge>}
      {task.edit?.state === "waiting" && (
        <span className="size-1.5 shrink-0 animate-pulse rounded-full bg-faint" />
      )}
      {task.edit?.state === "failed" && (
        <span title={task.edit.message} className="flex">
          <Badge tone="danger" icon={<TriangleAlert size={11} />}>
            Not saved
          </Badge>
        </span>
      )}
      {subtasks && (
        <span className="flex @max-xl/main:hidden">
          <SubtaskCount {...subtasks} />
        </span>
      )}
      {task.commentCount > 0 && (
        <span className="inline-flex items-center gap-1 text-12 text-muted tabular-nums @max-xl/main:hidden">
          <MessageSquare size={12} aria-hidden="true" />
          {task.commentCount}
          <span className="sr-only"> comments</span>
        </span>
      )}
    </Cell>
  );
}

type EditProps = Pick<Props, "onEdit"> & {
  property: PickerName;
  /** Said before the value: "Change the status, In progress". */
  name: string;
  /** Shown only under the pointer, as an offer. */
  isEmpty?: boolean;
  children: ReactNode;
};

function Edit({ property, name, onEdit, isEmpty, children }: EditProps) {
  if (!onEdit) return isEmpty ? null : children;
  return (
    <button
      type="button"
      // The keys of the list do the same; a row is one stop for Tab.
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
        onEdit(property, event.currentTarget);
      }}
      className={cx(
        "flex h-6 min-w-0 items-center gap-1 overflow-hidden rounded-control px-1 hover:bg-active",
        isEmpty && "opacity-0 focus-visible:opacity-100 group-hover:opacity-100",
      )}
    >
      <span className="sr-only">{name}</span>
      {children}
    </button>
  );
}

function Cell({ className, children }: { className: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the row.
    // biome-ignore lint/a11y/useFocusableInteractive: the focus goes from row to row.
    <div role="gridcell" className={className}>
      {children}
    </div>
  );
}
