import type { ComponentProps } from "react";
import { projectColor } from "@/entities/projects/project-color.ts";
import { pickedProperties } from "@/entities/tasks/properties/property-views.tsx";
import type { TaskPatch } from "@/entities/tasks/sync/task.ts";
import type { TaskDraft } from "@/entities/tasks/task-draft.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { Combobox } from "@/ui/controls/combobox.tsx";
import { LabelDot } from "@/ui/icons/label-dot.tsx";

type Props = {
  draft: TaskDraft;
  project: Project;
  projects: readonly Project[];
  /** Asked of the draft as it is then: a label is made while one goes on. */
  onChange: (patchOf: (draft: TaskDraft) => TaskPatch) => void;
  onProject: (project: Project) => void;
};

/** The properties of a task being written, side by side as buttons that show their value. */
export function CreateTaskProperties({ draft, project, projects, onChange, onProject }: Props) {
  return (
    <div className="flex flex-wrap gap-1">
      <Combobox
        label="Project"
        value={project.id}
        options={projects.map(({ id, key, name }) => ({
          id,
          label: name,
          keywords: key,
          icon: <LabelDot color={projectColor(id)} size={10} />,
        }))}
        onValueChange={(id) => {
          const next = projects.find((each) => each.id === id);
          if (next) onProject(next);
        }}
        trigger={
          <Value>
            <LabelDot color={projectColor(project.id)} size={10} />
            {project.name}
          </Value>
        }
      />
      {pickedProperties.map(({ name, picked: { Picker, Short } }) => (
        <Picker
          key={name}
          tasks={[draft]}
          project={project}
          onPatch={(patchOf) => onChange(patchOf)}
          trigger={
            <Value>
              <Short task={draft} project={project} />
            </Value>
          }
        />
      ))}
    </div>
  );
}

function Value(button: ComponentProps<"button">) {
  return (
    <button
      type="button"
      {...button}
      className="inline-flex h-6 max-w-48 items-center gap-1.5 truncate rounded-control border px-1.5 text-12 text-muted transition-colors hover:bg-hover hover:text-ink data-popup-open:bg-active"
    />
  );
}
