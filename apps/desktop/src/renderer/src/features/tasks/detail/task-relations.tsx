import { Plus } from "lucide-react";
import { Property, PropertyValue } from "@/entities/tasks/properties/property-list.tsx";
import { DeletedTask, TaskLink } from "@/entities/tasks/row/task-link.tsx";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { OtherTaskPicker } from "./other-task-picker.tsx";
import { type Relations, type Tasks, withDescendants } from "./relations.ts";

type Props = {
  task: TaskView;
  project: Project;
  tasks: Tasks;
  relations: Relations;
  readOnly: boolean;
};

/** Parent, blockers and what waits for this one. Stands in a PropertyList. */
export function TaskRelations({ task, project, tasks, relations, readOnly }: Props) {
  const mutations = useTaskMutations();
  const { parent, blockedBy, blocks, deleted } = relations;
  const unblock = (id: string) =>
    mutations.update(task, { blockedByIds: task.blockedByIds.filter((other) => other !== id) });
  const common = { tasks, statuses: project.statuses, readOnly };

  return (
    <>
      <Related
        {...common}
        name="Parent"
        chosen={parent ? [parent] : []}
        add="Set parent task"
        most={1}
        without={() => withDescendants(task, tasks)}
        onAdd={(other) => mutations.update(task, { parentId: other.id })}
        onRemove={() => mutations.update(task, { parentId: null })}
        deletedIds={deleted.parentId ? [deleted.parentId] : []}
        onRemoveDeleted={() => mutations.update(task, { parentId: null })}
      />
      <Related
        {...common}
        name="Blocked by"
        chosen={blockedBy}
        add="Add a blocking task"
        without={() => new Set([task.id, ...task.blockedByIds])}
        onAdd={({ id }) => mutations.update(task, { blockedByIds: [...task.blockedByIds, id] })}
        onRemove={({ id }) => unblock(id)}
        deletedIds={deleted.blockerIds}
        onRemoveDeleted={unblock}
      />
      <Related
        {...common}
        name="Blocks"
        chosen={blocks}
        add="Add a blocked task"
        without={() => new Set([task.id, ...blocks.map(({ id }) => id)])}
        onAdd={(other) =>
          mutations.update(other, { blockedByIds: [...other.blockedByIds, task.id] })
        }
        onRemove={(other) =>
          mutations.update(other, {
            blockedByIds: other.blockedByIds.filter((id) => id !== task.id),
          })
        }
      />
    </>
  );
}

type RelatedProps = Pick<Props, "tasks" | "readOnly"> & {
  name: string;
  statuses: Project["statuses"];
  chosen: readonly TaskView[];
  /** What the picker's button says. */
  add: string;
  most?: number;
  without: () => ReadonlySet<string>;
  onAdd: (task: TaskView) => void;
  onRemove: (task: TaskView) => void;
  /** Deleted tasks that it still refers to. */
  deletedIds?: readonly string[];
  onRemoveDeleted?: (id: string) => void;
};

function Related(props: RelatedProps) {
  const { name, statuses, chosen, add, most = 50, tasks, without, onAdd, onRemove } = props;
  const { readOnly, deletedIds = [], onRemoveDeleted } = props;
  const count = chosen.length + deletedIds.length;
  if (readOnly && count === 0) return null;
  return (
    <Property name={name}>
      {chosen.map((other) => (
        <TaskLink
          key={other.id}
          task={other}
          statuses={statuses}
          removeLabel={`${name}: remove ${other.key}`}
          onRemove={readOnly ? undefined : () => onRemove(other)}
        />
      ))}
      {deletedIds.map((id) => (
        <DeletedTask
          key={id}
          removeLabel={`${name}: remove the deleted task`}
          onRemove={readOnly ? undefined : () => onRemoveDeleted?.(id)}
        />
      ))}
      {!readOnly && count < most && (
        <OtherTaskPicker
          label={name}
          tasks={tasks}
          statuses={statuses}
          without={without}
          onPick={(id) => {
            const other = tasks.get(id);
            if (other) onAdd(other);
          }}
          trigger={
            <PropertyValue empty icon={<Plus size={14} />}>
              {add}
            </PropertyValue>
          }
        />
      )}
    </Property>
  );
}
