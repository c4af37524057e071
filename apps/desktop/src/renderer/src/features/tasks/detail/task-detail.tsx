import type { TaskProperty } from "@guildhall/api/client";
import { lazy, Suspense, useCallback, useMemo, useState } from "react";
import { useChecklists } from "@/entities/checklists/sync/use-checklists.ts";
import { TaskStream } from "@/entities/comments/task-stream.tsx";
import { Attachments } from "@/entities/file-preview/attachments.tsx";
import { FileCatcher } from "@/entities/files/file-catcher.tsx";
import { Backlinks } from "@/entities/links/backlinks.tsx";
import { useAssignable } from "@/entities/people/people.ts";
import { PickerKeys } from "@/entities/tasks/properties/picker-keys.tsx";
import { PropertyList } from "@/entities/tasks/properties/property-list.tsx";
import { TaskProperties } from "@/entities/tasks/properties/task-properties.tsx";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import { useProjectTasks } from "@/entities/tasks/sync/use-tasks.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { TaskDescription } from "@/features/tasks/description/task-description.tsx";
import { FailedEdit } from "./failed-edit.tsx";
import { relationsOf } from "./relations.ts";
import { Subtasks } from "./subtasks.tsx";
import { TaskFacts } from "./task-facts.tsx";
import { TaskRelations } from "./task-relations.tsx";
import { TaskTitle } from "./task-title.tsx";

const Checklists = lazy(() => import("@/features/tasks/checklists/checklists.tsx"));

type Props = {
  task: TaskView;
  project: Project;
  /** A panel has one column; a page has the properties at its right. */
  layout: "peek" | "page";
};

export function TaskDetail({ task, project, layout }: Props) {
  const { tasks, isLoading } = useProjectTasks(project.id);
  const people = useAssignable(project);
  const relations = useMemo(() => relationsOf(task, tasks, !isLoading), [task, tasks, isLoading]);
  const keyOf = useCallback((id: string) => tasks.get(id)?.key ?? null, [tasks]);
  const readOnly = project.role === "viewer";
  const common = { task, project, people, readOnly };

  const { checklists, isLoading: isUnread } = useChecklists(task.id, task.version > 0);
  // Those that stand in a checklist are shown there.
  const subtasks = useMemo(() => {
    const listed = new Set(checklists.flatMap(({ items }) => items.map((i) => i.linkedTaskId)));
    return relations.subtasks.filter(({ id }) => !listed.has(id));
  }, [checklists, relations]);

  const isPage = layout === "page";
  return (
    <FileCatcher
      place={{ taskId: task.id }}
      disabled={readOnly || task.version === 0}
      className={isPage ? pageClass : "px-5 pt-4 pb-8"}
    >
      <div className={isPage ? "min-w-0 @3xl/main:col-start-1" : ""}>
        <FailedEdit edit={task.edit} />
        <TaskTitle task={task} readOnly={readOnly} level="h2" />
        <div className="mt-2">
          <TaskDescription task={task} project={project} readOnly={readOnly} />
        </div>
      </div>
      <div
        className={
          isPage
            ? "border-y py-4 @3xl/main:col-start-2 @3xl/main:row-span-2 @3xl/main:row-start-1 @3xl/main:border-y-0 @3xl/main:py-0"
            : "mt-4 mb-4 border-y py-4"
        }
      >
        <Properties
          task={task}
          project={project}
          readOnly={readOnly}
          tasks={tasks}
          relations={relations}
        />
      </div>
      <div className="min-w-0">
        <div className="mb-6 empty:hidden">
          {/* Its height is kept before it is read, so that nothing below moves. */}
          <Suspense fallback={<ChecklistsPlaceholder task={task} readOnly={readOnly} />}>
            {isUnread ? (
              <ChecklistsPlaceholder task={task} readOnly={readOnly} />
            ) : (
              <Checklists {...common} tasks={tasks} checklists={checklists} />
            )}
          </Suspense>
        </div>
        <Subtasks {...{ task, project, subtasks, readOnly }} />
        {task.version > 0 && <Attachments place={{ taskId: task.id }} readOnly={readOnly} />}
        {task.version > 0 && <Backlinks target="task" id={task.id} />}
        <div className="mt-6 border-t pt-5">
          <TaskStream task={task} project={project} keyOf={keyOf} />
        </div>
      </div>
    </FileCatcher>
  );
}

function ChecklistsPlaceholder({ task, readOnly }: { task: TaskView; readOnly: boolean }) {
  const items = task.checklistTotal || 0;
  if (readOnly && items === 0) return null;
  return <div aria-hidden="true" style={{ height: items > 0 ? (items + 2) * 32 + 48 : 32 }} />;
}

/** Text at the left, properties at the right; where there is no room for both, one below the other. */
const pageClass =
  "mx-auto grid w-full max-w-[1080px] grid-cols-[minmax(0,1fr)] gap-4 px-5 pt-5 pb-12 @3xl/main:grid-cols-[minmax(0,1fr)_296px] @3xl/main:grid-rows-[auto_1fr] @3xl/main:gap-x-10 @3xl/main:px-8";

function Properties(props: Parameters<typeof TaskRelations>[0]) {
  const { task, project, readOnly } = props;
  const mutations = useTaskMutations();
  const [picker, setPicker] = useState<TaskProperty | null>(null);
  return (
    <section aria-label="Properties">
      {!readOnly && <PickerKeys onOpen={setPicker} />}
      <PropertyList>
        <TaskProperties
          task={task}
          project={project}
          onPatch={(patch) => mutations.update(task, patch)}
          readOnly={readOnly}
          open={picker}
          onOpenChange={setPicker}
        />
        <TaskRelations {...props} />
        <TaskFacts task={task} />
      </PropertyList>
    </section>
  );
}
