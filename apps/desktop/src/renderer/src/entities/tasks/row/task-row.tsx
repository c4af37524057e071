import type { TaskProperty } from "@guildhall/api/client";
import { MessageSquare, TriangleAlert } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { type Checked, ChecklistCount } from "@/entities/tasks/card/checklist-count.tsx";
import { SubtaskCount } from "@/entities/tasks/card/subtask-count.tsx";
import type {
  Names,
  Cell as PropertyCell,
  PropertyValues,
} from "@/entities/tasks/properties/property-view.ts";
import { cellProperties } from "@/entities/tasks/properties/property-views.tsx";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { Checkbox } from "@/ui/controls/checkbox.tsx";
import { cx } from "@/ui/format/cx.ts";
import { Badge } from "@/ui/icons/badge.tsx";

type RowTask = PropertyValues &
  Checked &
  Pick<TaskView, "key" | "commentCount" | "completedAt" | "archivedAt" | "edit">;

type Props = Omit<ComponentProps<"div">, "children" | "className" | "role" | "onSelect"> & {
  task: RowTask;
  names: Names;
  subtasks?: { done: number; total: number };
  selected: boolean;
  onSelectedChange: (selected: boolean) => void;
  /** Opens the picker of a property at its cell; without it the row only shows. */
  onEdit?: (property: TaskProperty, cell: Element) => void;
  /** Open in the peek panel. */
  open?: boolean;
};

/** One line of a list, 32 px; stands in a container with role="grid" that moves the focus. */
export function TaskRow({
  task,
  names,
  subtasks,
  selected,
  onSelectedChange,
  onEdit,
  open,
  ...rest
}: Props) {
  const cells = { task, names, onEdit };
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
      <PropertyCells at="start" {...cells} />
      <Cell className="w-16 shrink-0 truncate text-12 text-muted tabular-nums @max-md/main:hidden">
        {task.key}
      </Cell>
      <PropertyCells at="title" {...cells} />
      <TitleCell task={task} subtasks={subtasks} />
      <PropertyCells at="end" {...cells} />
      <PropertyCells at="edge" {...cells} />
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
      <span className="flex @max-xl/main:hidden">
        <ChecklistCount task={task} />
      </span>
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

type CellsProps = Pick<Props, "task" | "names" | "onEdit"> & { at: PropertyCell["at"] };

function PropertyCells({ at, task, names, onEdit }: CellsProps) {
  const here = cellProperties.filter(({ cell }) => cell.at === at);
  return here.map(({ name, picked, cell: { View, ...cell } }) => {
    const isEmpty = cell.isEmpty(task);
    const value = isEmpty ? (
      <span className="text-12 text-faint">{cell.offer}</span>
    ) : (
      <View task={task} names={names} />
    );
    return (
      <Cell key={name} className={cx(cell.className, isEmpty && cell.emptyClassName)}>
        {picked && onEdit ? (
          <Edit command={picked.command} isEmpty={isEmpty} onEdit={(cell) => onEdit(name, cell)}>
            {value}
          </Edit>
        ) : (
          !isEmpty && value
        )}
      </Cell>
    );
  });
}

type EditProps = {
  /** Said before the value: "Change status, In progress". */
  command: string;
  /** Shown only under the pointer, as an offer. */
  isEmpty: boolean;
  onEdit: (cell: Element) => void;
  children: ReactNode;
};

function Edit({ command, onEdit, isEmpty, children }: EditProps) {
  return (
    <button
      type="button"
      // The keys of the list do the same; a row is one stop for Tab.
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
        onEdit(event.currentTarget);
      }}
      className={cx(
        "flex h-6 min-w-0 items-center gap-1 overflow-hidden rounded-control px-1 hover:bg-active",
        isEmpty && "opacity-0 focus-visible:opacity-100 group-hover:opacity-100",
      )}
    >
      <span className="sr-only">{command}</span>
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
