import { MessageSquare } from "lucide-react";
import type { ComponentProps } from "react";
import { LabelPills } from "@/entities/tasks/properties/label-pills.tsx";
import type { PropertyValues } from "@/entities/tasks/properties/property-view.ts";
import { cardProperties } from "@/entities/tasks/properties/property-views.tsx";
import { titleLook } from "@/entities/tasks/properties/text-width.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Label } from "@/entities/workspaces/workspace.ts";
import { cx } from "@/ui/format/cx.ts";
import { useToday } from "@/ui/format/use-today.ts";
import { Badge } from "@/ui/icons/badge.tsx";
import { Avatar, type Person } from "@/ui/people/avatar.tsx";
import { AvatarStack } from "@/ui/people/avatar-stack.tsx";
import { type Checked, ChecklistCount } from "./checklist-count.tsx";
import { widthForLabels } from "./fitting-labels.ts";
import { SubtaskCount } from "./subtask-count.tsx";
import {
  hasMeta,
  shownTitle,
  taskCardHeight,
  titleLine,
  titleLines,
  titleWidth,
} from "./task-card-height.ts";

type CardTask = PropertyValues &
  Checked &
  Pick<TaskView, "key" | "commentCount" | "completedAt" | "archivedAt">;
type CardLabel = Pick<Label, "id" | "name"> & { color: string | null };

type Props = Omit<ComponentProps<"div">, "children" | "className" | "style" | "role"> & {
  task: CardTask;
  subtasks?: { done: number; total: number };
  /** Those of the task, in the project's order. */
  labels: readonly CardLabel[];
  assignees: readonly Person[];
  /** Pixels: decides whether the title needs its second line, and which labels are named. */
  width: number;
  selected?: boolean;
  /** Open in the peek panel. */
  open?: boolean;
  dragging?: boolean;
  /** Somebody else who moves it, or edits its text, at the moment. */
  holder?: Person | undefined;
  /** Waits in the outbox: shown at once, confirmed later. */
  pending?: boolean;
};

/**
 * A card on the board. One button as a whole, so that the arrow keys and a screen reader meet one
 * thing per task, named by all that stands on it; the board's own handlers (open, drag, menu, focus) come as props.
 */
export function TaskCard({
  task,
  subtasks,
  labels,
  assignees,
  width,
  selected,
  open,
  dragging,
  holder,
  pending,
  ...rest
}: Props) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <button> cannot be dragged in every engine.
    <div
      tabIndex={-1}
      {...rest}
      role="button"
      aria-roledescription="task"
      aria-pressed={selected}
      style={{ height: taskCardHeight(task, { width, subtasks: subtasks?.total ?? 0 }) }}
      className={cx(
        "flex select-none flex-col rounded-control border bg-card px-3 py-2.5 text-left shadow-card transition-colors",
        dragging && "opacity-40",
        holder && "outline-2 outline-accent outline-dashed",
        selected || open
          ? "border-accent bg-[color-mix(in_oklch,var(--card),var(--accent)_7%)]"
          : "hover:border-line-strong",
      )}
    >
      <div className="flex h-5 items-center gap-2">
        <span className="text-12 text-faint tabular-nums">{task.key}</span>
        {task.archivedAt && <Badge>Archived</Badge>}
        {pending && <span className="size-1.5 animate-pulse rounded-full bg-faint" />}
        {holder && (
          <span className="flex min-w-0 items-center gap-1 text-12 text-accent-ink">
            <Avatar person={holder} size={16} decorative />
            <span className="truncate">{holder.name}</span>
            <span className="sr-only">has hold of it</span>
          </span>
        )}
        <span className="ml-auto">
          <AvatarStack people={assignees} size={20} most={2} />
        </span>
      </div>
      <Title task={task} width={width} />
      {hasMeta(task, subtasks?.total ?? 0) && (
        <Meta task={task} labels={labels} subtasks={subtasks} width={width} />
      )}
    </div>
  );
}

function Title({ task, width }: Pick<Props, "task" | "width">) {
  const shown = shownTitle(task.title, width);
  const isCut = shown !== task.title;
  return (
    <p
      dir="auto"
      title={isCut ? task.title : undefined}
      // Of the very size that was measured: the borders of a zoomed page are not whole pixels.
      style={{
        width: titleWidth(width),
        height: titleLines(task.title, width) * titleLine,
      }}
      className={cx("mt-1 shrink-0 overflow-hidden", titleLook, task.completedAt && "text-muted")}
    >
      {isCut && <span className="sr-only">{task.title}</span>}
      <span aria-hidden={isCut}>{shown}</span>
    </p>
  );
}

type MetaProps = Pick<Props, "task" | "labels" | "subtasks" | "width">;

function Meta({ task, labels, subtasks, width }: MetaProps) {
  const now = useToday();
  return (
    <div className="mt-2 flex h-5 min-w-0 items-center gap-2">
      {cardProperties.map(
        ({ name, card: { words, View } }) =>
          words(task, now) !== null && <View key={name} task={task} />,
      )}
      {subtasks && <SubtaskCount {...subtasks} />}
      <ChecklistCount task={task} />
      {task.commentCount > 0 && (
        <span className="inline-flex items-center gap-1 text-12 text-muted tabular-nums">
          <MessageSquare size={12} aria-hidden="true" />
          {task.commentCount}
          <span className="sr-only"> comments</span>
        </span>
      )}
      {labels.length > 0 && (
        <LabelPills labels={labels} space={widthForLabels(task, { width, subtasks })} />
      )}
    </div>
  );
}
