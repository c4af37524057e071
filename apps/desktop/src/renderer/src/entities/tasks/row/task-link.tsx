import { X } from "lucide-react";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Status } from "@/entities/workspaces/workspace.ts";
import { paths } from "@/lib/paths.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { Link } from "@/ui/controls/link.tsx";
import { cx } from "@/ui/format/cx.ts";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";

type Props = {
  task: TaskView;
  statuses: readonly Status[];
  /** A checkbox stands beside it: only what that does not say is shown. */
  hasCheckbox?: boolean;
  onRemove?: () => void;
  /** "Remove APP-3 as a blocker" */
  removeLabel?: string;
};

/** Another task, with how far it is, as a way to go there. */
export function TaskLink({ task, statuses, hasCheckbox, onRemove, removeLabel }: Props) {
  const status = statuses.find(({ id }) => id === task.statusId);
  const isSaid =
    hasCheckbox && (status?.category === "completed" || status?.category === "unstarted");
  return (
    <span className="group/link flex h-7 min-w-0 items-center rounded-control pr-0.5 hover:bg-hover">
      <Link
        href={paths.task(task.workspaceId, task.number ? task.key : task.id)}
        className="flex h-full min-w-0 flex-1 items-center gap-2 rounded-control px-2 text-13"
        title={task.title}
      >
        {status && !isSaid && <StatusIcon category={status.category} label={status.name} />}
        <span className="shrink-0 text-12 text-muted tabular-nums">{task.key}</span>
        <span dir="auto" className={cx("truncate", task.completedAt && "text-muted")}>
          {task.title}
        </span>
      </Link>
      {onRemove && <Remove label={removeLabel ?? `Remove ${task.key}`} onRemove={onRemove} />}
    </span>
  );
}

/** Where a task stood that is deleted by now: nothing to open, but to be taken off. */
export function DeletedTask(props: { removeLabel: string; onRemove: (() => void) | undefined }) {
  const { removeLabel, onRemove } = props;
  return (
    <span className="group/link flex h-7 min-w-0 items-center rounded-control pr-0.5 hover:bg-hover">
      <span className="min-w-0 flex-1 truncate px-2 text-13 text-muted">Deleted task</span>
      {onRemove && <Remove label={removeLabel} onRemove={onRemove} />}
    </span>
  );
}

/** Takes its room from the title only while it is wanted. */
function Remove({ label, onRemove }: { label: string; onRemove: () => void }) {
  return (
    <span className="flex w-0 overflow-hidden opacity-0 focus-within:w-auto focus-within:overflow-visible focus-within:opacity-100 group-hover/link:w-auto group-hover/link:opacity-100 pointer-coarse:w-auto pointer-coarse:opacity-100">
      <IconButton label={label} size="small" icon={<X size={13} />} onClick={onRemove} />
    </span>
  );
}
