import type { Names } from "@guildhall/api/client";
import { useMemo } from "react";
import { useHistory } from "@/entities/comments/sync/use-history.ts";
import { usePrefetchTextEditor } from "@/entities/editor/markdown-field.tsx";
import { useAssignable, useNameOf } from "@/entities/people/people.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { paths } from "@/lib/paths.ts";
import { Button } from "@/ui/controls/button.tsx";
import { type Activity, activitiesOf } from "./activity.ts";
import { ActivityLine } from "./activity-line.tsx";
import { CommentBox } from "./comment-box.tsx";
import { type TaskThreadView, taskThreadsOf } from "./sync/comment-view.ts";
import { useComments } from "./sync/use-comments.ts";
import { TaskThread } from "./task-thread.tsx";

type Props = {
  task: TaskView;
  project: Project;
  /** The keys of other tasks, for sentences about parents and blockers. */
  keyOf: (taskId: string) => string | null;
};

type Entry =
  | { kind: "thread"; at: Date; thread: TaskThreadView }
  | { kind: "activity"; at: Date; activity: Activity };

/** What was said and what was done, oldest first, and the place to answer. */
export function TaskStream({ task, project, keyOf }: Props) {
  // A row that was made here and has no answer yet has no version.
  const isKnown = task.version > 0;
  usePrefetchTextEditor();
  const { comments } = useComments(task.id, isKnown);
  const { items, isWhole, readOlder, isReading } = useHistory(task.id, isKnown);
  const nameOf = useNameOf();
  const people = useAssignable(project);
  const names = useNames(project, nameOf, keyOf);
  const entries = useMemo((): Entry[] => {
    const done = activitiesOf(items, isWhole, names);
    return [
      ...done.map((activity) => ({ kind: "activity" as const, at: activity.at, activity })),
      ...taskThreadsOf(comments).map((thread) => ({
        kind: "thread" as const,
        at: (thread.root ?? thread.replies[0])?.createdAt ?? new Date(),
        thread,
      })),
    ].sort((a, b) => a.at.getTime() - b.at.getTime());
  }, [items, isWhole, names, comments]);

  return (
    <section aria-label="Comments and activity">
      <h3 className="mb-2 font-medium text-13">Activity</h3>
      {readOlder && (
        <Button variant="ghost" size="small" onClick={readOlder} busy={isReading}>
          Show earlier activity
        </Button>
      )}
      <ol className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
        {entries.map((entry) =>
          entry.kind === "thread" ? (
            <li key={entry.thread.id} className="my-1">
              <TaskThread
                thread={entry.thread}
                task={task}
                mayDeleteAll={project.role === "owner"}
                people={people}
                path={paths.task(project.workspaceId, task.key)}
              />
            </li>
          ) : (
            <li key={`${entry.activity.seq} ${entry.activity.sentence}`}>
              <ActivityLine activity={entry.activity} name={nameOf(entry.activity.actorId)} />
            </li>
          ),
        )}
      </ol>
      <CommentBox
        key={task.id}
        subject={{ taskId: task.id }}
        label={`Comment on ${task.key}`}
        files={{ taskId: task.id }}
        takesFiles={isKnown}
        people={people}
      />
    </section>
  );
}

function useNames(project: Project, nameOf: (id: string) => string, keyOf: Props["keyOf"]): Names {
  return useMemo(
    () => ({
      status: (id) => project.statuses.find((s) => s.id === id)?.name ?? null,
      label: (id) => project.labels.find((l) => l.id === id)?.name ?? null,
      person: nameOf,
      task: keyOf,
    }),
    [project, nameOf, keyOf],
  );
}
