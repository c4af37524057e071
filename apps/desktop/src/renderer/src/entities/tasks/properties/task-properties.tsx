import type { TaskProperty } from "@guildhall/api/client";
import type { TaskPatch, TaskView } from "@/entities/tasks/sync/task.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { Property } from "./property-list.tsx";
import { listedProperties } from "./property-views.tsx";

type Props = {
  task: TaskView;
  project: Project;
  /** Only the changed property, so that two people's edits of different ones both stand. */
  onPatch: (patch: TaskPatch) => void;
  /** A viewer sees the values and cannot open the pickers. */
  readOnly: boolean;
  /** Which picker a key has opened. */
  open: TaskProperty | null;
  onOpenChange: (property: TaskProperty | null) => void;
};

/** Stands in a PropertyList. */
export function TaskProperties({ task, project, onPatch, readOnly, open, onOpenChange }: Props) {
  return listedProperties.map(({ name, label, view: { picked, Field } }) => {
    if (!picked) return Field && <Field key={name} task={task} readOnly={readOnly} />;
    const { Picker, Value } = picked;
    return (
      <Property key={name} name={label}>
        <Picker
          tasks={[task]}
          project={project}
          onPatch={(patchOf) => onPatch(patchOf(task))}
          open={open === name}
          onOpenChange={(isOpen) => onOpenChange(isOpen ? name : null)}
          trigger={<Value task={task} project={project} disabled={readOnly} />}
        />
      </Property>
    );
  });
}
