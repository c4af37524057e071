import { useState } from "react";
import type { Project, TaskView } from "@/sync/shapes.ts";
import { useTaskVerbs } from "@/sync/use-task-verbs.ts";
import { useShortcut } from "@/ui/use-shortcut.ts";
import { useAssignable } from "./people.ts";
import { PropertyList } from "./property-list.tsx";
import { TaskDescription } from "./task-description.tsx";
import { type PickerName, TaskProperties } from "./task-properties.tsx";
import { TaskTitle } from "./task-title.tsx";
import { useCreateLabel } from "./use-create-label.ts";

type Props = { task: TaskView; project: Project; layout: "peek" | "page" };

const pickerKeys = [
  { keys: "s", picker: "status", label: "Change the status" },
  { keys: "p", picker: "priority", label: "Change the priority" },
  { keys: "a", picker: "assignees", label: "Assign" },
  { keys: "l", picker: "labels", label: "Change the labels" },
  { keys: "d", picker: "dueDate", label: "Set the due date" },
] as const;

export function TaskDetail({ task, project }: Props) {
  const verbs = useTaskVerbs();
  const people = useAssignable(project);
  const createLabel = useCreateLabel(task, project);
  const [picker, setPicker] = useState<PickerName | null>(null);
  const readOnly = project.role === "viewer";
  return (
    <div className="px-5 py-4">
      <TaskTitle task={task} readOnly={readOnly} level="h2" />
      {!readOnly && <PickerKeys onOpen={setPicker} />}
      <div className="mt-3">
        <PropertyList>
          <TaskProperties
            task={task}
            statuses={project.statuses}
            labels={project.labels}
            people={people}
            onPatch={(patch) => verbs.update(task, patch)}
            onCreateLabel={createLabel}
            readOnly={readOnly}
            open={picker}
            onOpenChange={setPicker}
          />
        </PropertyList>
      </div>
      <div className="mt-5 border-t pt-5">
        <TaskDescription task={task} readOnly={readOnly} />
      </div>
    </div>
  );
}

function PickerKeys({ onOpen }: { onOpen: (picker: PickerName) => void }) {
  return pickerKeys.map(({ keys, picker, label }) => (
    <PickerKey key={keys} keys={keys} label={label} onPress={() => onOpen(picker)} />
  ));
}

function PickerKey({ keys, label, onPress }: { keys: string; label: string; onPress: () => void }) {
  useShortcut({ keys, label, group: "Task" }, onPress);
  return null;
}
