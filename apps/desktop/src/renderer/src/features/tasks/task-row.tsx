import { MessageSquare } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import type { Person } from "@/ui/avatar.tsx";
import { AvatarStack } from "@/ui/avatar-stack.tsx";
import { Checkbox } from "@/ui/checkbox.tsx";
import { Chip } from "@/ui/chip.tsx";
import { cx } from "@/ui/cx.ts";
import { LabelDot } from "@/ui/label-dot.tsx";
import { PriorityIcon } from "@/ui/priority-icon.tsx";
import { StatusIcon } from "@/ui/status-icon.tsx";
import { DueDate } from "./due-date.tsx";
import { SubtaskCount } from "./subtask-count.tsx";
import type { Label, Status, Task } from "./task-shape.ts";

type Props = Omit<ComponentProps<"div">, "children" | "className" | "role" | "onSelect"> & {
  task: Task;
  status: Status;
  labels: readonly Label[];
  assignees: readonly Person[];
  selected: boolean;
  onSelectedChange: (selected: boolean) => void;
  /** Open in the peek panel. */
  open?: boolean;
};

/** One line of a list, 32 px; stands in a container with role="grid" that moves the focus. */
export function TaskRow({
  task,
  status,
  labels,
  assignees,
  selected,
  onSelectedChange,
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
        "group flex h-(--row-height) select-none items-center gap-2 pr-4 pl-2 text-13 focus-visible:-outline-offset-2",
        selected || open
          ? "bg-accent-soft [--stack-ring:var(--accent-soft)]"
          : "[--stack-ring:var(--surface)] hover:bg-hover",
      )}
    >
      <Cell
        className={cx(
          "flex transition-opacity focus-within:opacity-100 group-hover:opacity-100",
          !selected && "opacity-0",
        )}
      >
        <Checkbox
          label={`Select ${task.key}`}
          checked={selected}
          onCheckedChange={onSelectedChange}
        />
      </Cell>
      <Cell className="flex">
        <PriorityIcon priority={task.priority} named />
      </Cell>
      <Cell className="w-16 shrink-0 truncate text-12 text-muted tabular-nums">{task.key}</Cell>
      <Cell className="flex">
        <StatusIcon category={status.category} label={status.name} />
      </Cell>
      <Cell className="flex min-w-0 flex-1 items-center gap-2">
        <span className={cx("truncate font-medium", task.completedAt && "text-muted")}>
          {task.title}
        </span>
        {task.subtaskCount > 0 && (
          <span className="flex @max-xl/main:hidden">
            <SubtaskCount done={task.subtaskDoneCount} total={task.subtaskCount} />
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
      <Cell className="hidden max-w-[34%] shrink-0 items-center gap-1 overflow-hidden @3xl/main:flex">
        {labels.map((label) => (
          <Chip key={label.id} icon={<LabelDot color={label.color} />}>
            {label.name}
          </Chip>
        ))}
      </Cell>
      <Cell className="flex w-20 shrink-0 justify-end @max-md/main:hidden">
        {task.dueDate && <DueDate day={task.dueDate} isDone={task.completedAt !== null} />}
      </Cell>
      <Cell className="flex w-14 shrink-0 justify-end">
        <AvatarStack people={assignees} size={20} most={2} />
      </Cell>
    </div>
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
