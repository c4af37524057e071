import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useAssigneesById } from "@/entities/groups/assignees.ts";
import { TaskCard } from "@/entities/tasks/card/task-card.tsx";
import { paths } from "@/lib/paths.ts";
import { Button } from "@/ui/controls/button.tsx";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";
import type { BoardAt } from "./use-board-at.ts";

type Props = { board: BoardAt; workspaceId: string };

type Task = BoardAt["items"][number];
type Status = BoardAt["statuses"][number];

const COLUMN = 288;
const CARD = COLUMN - 16;
/** Of a column, at first and each time that more is asked for. */
const SHOWN = 100;

const byRank = (a: Task, b: Task) => (a.rank < b.rank ? -1 : 1);

export function BoardThen({ board, workspaceId }: Props) {
  const columns = useMemo(() => {
    const byStatus = Map.groupBy(board.items, ({ statusId }) => statusId);
    return board.statuses.map((status) => ({
      status,
      tasks: (byStatus.get(status.id) ?? []).sort(byRank),
    }));
  }, [board]);
  return (
    <div className="flex min-h-0 flex-1 gap-2.5 overflow-x-auto p-3">
      {columns.map(({ status, tasks }) => (
        <Column key={status.id} {...{ status, tasks, board, workspaceId }} />
      ))}
    </div>
  );
}

type ColumnProps = Props & { status: Status; tasks: readonly Task[] };

function Column({ status, tasks, board, workspaceId }: ColumnProps) {
  const [shown, setShown] = useState(SHOWN);
  const navigate = useNavigate();
  const people = useAssigneesById();
  return (
    <section
      aria-label={`${status.name}, ${tasks.length} tasks`}
      className="flex h-full shrink-0 flex-col rounded-panel bg-inset"
      style={{ width: COLUMN }}
    >
      <header className="flex h-10 shrink-0 items-center gap-2 px-3">
        <StatusIcon category={status.category} />
        <h2 dir="auto" className="truncate font-medium text-13">
          {status.name}
        </h2>
        <span className="text-12 text-muted tabular-nums">{tasks.length}</span>
      </header>
      <ul className="grid min-h-0 flex-1 content-start gap-2 overflow-y-auto p-2 pt-0.5">
        {tasks.slice(0, shown).map((task) => (
          <li key={task.id}>
            <TaskCard
              task={task}
              labels={board.labels.filter(({ id }) => task.labelIds.includes(id))}
              assignees={task.assigneeIds.flatMap((id) => people.get(id) ?? [])}
              width={CARD}
              tabIndex={0}
              // As it is now.
              onClick={() => navigate({ to: paths.task(workspaceId, task.key) })}
              onKeyDown={(event) => {
                if (event.key === "Enter") navigate({ to: paths.task(workspaceId, task.key) });
              }}
            />
          </li>
        ))}
        {tasks.length > shown && (
          <li>
            <Button variant="ghost" size="small" onClick={() => setShown(shown + SHOWN)}>
              Show more tasks
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}
