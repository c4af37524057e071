import { type KeyboardEvent, useRef } from "react";
import { addresses } from "@/routes/addresses.ts";
import type { TaskRow } from "@/sync/shapes.ts";
import { useWorkspace } from "@/sync/use-workspace.ts";
import { Link } from "@/ui/link.tsx";
import { PriorityIcon } from "@/ui/priority-icon.tsx";
import { StatusIcon } from "@/ui/status-icon.tsx";

/** What a list of found tasks shows of each. */
type Found = Pick<
  TaskRow,
  "id" | "key" | "title" | "statusId" | "projectId" | "priority" | "archivedAt"
>;

type Props = {
  tasks: readonly Found[];
  /** There may be more than are shown. */
  isFull: boolean;
};

/** A list of links: arrows go up and down, Enter opens. */
export function FoundTasks({ tasks, isFull }: Props) {
  const { id: workspaceId, projects } = useWorkspace();
  const list = useRef<HTMLUListElement>(null);

  function onKeyDown(event: KeyboardEvent) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const links: Element[] = [...(list.current?.querySelectorAll("a") ?? [])];
    const next = links[links.indexOf(document.activeElement ?? document.body) + step];
    if (step === 0 || !(next instanceof HTMLElement)) return;
    event.preventDefault();
    next.focus();
  }

  return (
    <div className="mx-auto max-w-[792px] px-4 py-2">
      <ul ref={list} aria-label="Found" onKeyDown={onKeyDown}>
        {tasks.map((task) => {
          const project = projects.find(({ id }) => id === task.projectId);
          const status = project?.statuses.find(({ id }) => id === task.statusId);
          return (
            <li key={task.id}>
              <Link
                href={addresses.task(workspaceId, task.key)}
                className="flex h-9 items-center gap-2.5 rounded-control px-2 hover:bg-hover focus-visible:-outline-offset-1"
              >
                <PriorityIcon priority={task.priority} />
                <span className="w-20 shrink-0 truncate text-12 text-muted tabular-nums">
                  {task.key}
                </span>
                <StatusIcon category={status?.category ?? "backlog"} label={status?.name} />
                <span className="min-w-0 flex-1 truncate">{task.title}</span>
                {task.archivedAt && <span className="text-12 text-faint">Archived</span>}
                <span className="hidden shrink-0 text-12 text-faint sm:block">{project?.name}</span>
              </Link>
            </li>
          );
        })}
      </ul>
      {isFull && (
        <p className="px-2 py-2 text-12 text-muted">
          The {tasks.length} changed last are shown. Type more to narrow it down.
        </p>
      )}
    </div>
  );
}
