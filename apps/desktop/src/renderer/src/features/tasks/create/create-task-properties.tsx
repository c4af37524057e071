import { CalendarDays, Tag, UserRound } from "lucide-react";
import type { ComponentProps } from "react";
import { uuidv7 } from "uuidv7";
import { nextLabelColor } from "@/entities/labels/label-color.ts";
import { useAssignable } from "@/entities/people/people.ts";
import { projectColor } from "@/entities/projects/project-color.ts";
import {
  AssigneePicker,
  DueDatePicker,
  LabelPicker,
  PriorityPicker,
  StatusPicker,
} from "@/entities/tasks/properties/task-pickers.tsx";
import type { TaskDraft } from "@/entities/tasks/task-draft.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Combobox } from "@/ui/controls/combobox.tsx";
import { formatDueDate } from "@/ui/format/format-time.ts";
import { LabelDot } from "@/ui/icons/label-dot.tsx";
import { PriorityIcon, priorityNames } from "@/ui/icons/priority-icon.tsx";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";
import { AvatarStack } from "@/ui/people/avatar-stack.tsx";

type Props = {
  draft: TaskDraft;
  project: Project;
  projects: readonly Project[];
  onChange: (patch: Partial<TaskDraft>) => void;
  onProject: (project: Project) => void;
};

/** The properties of a task being written, side by side as buttons that show their value. */
export function CreateTaskProperties({ draft, project, projects, onChange, onProject }: Props) {
  const people = useAssignable(project);
  const status = project.statuses.find(({ id }) => id === draft.statusId);
  const assignees = people.filter(({ id }) => draft.assigneeIds.includes(id));
  const labels = project.labels.filter(({ id }) => draft.labelIds.includes(id));
  const create = trpc.labels.create.useMutation({
    onError: reportFailure("Couldn't create the label"),
  });

  function createLabel(name: string) {
    const id = uuidv7();
    const color = nextLabelColor(project.labels.length);
    const put = () => onChange({ labelIds: [...draft.labelIds, id] });
    create.mutate({ id, projectId: project.id, name, color }, { onSuccess: put });
  }

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
      <StatusPicker
        value={draft.statusId}
        statuses={project.statuses}
        onPick={(statusId) => onChange({ statusId })}
        trigger={
          <Value>
            {status && <StatusIcon category={status.category} />}
            {status?.name}
          </Value>
        }
      />
      <PriorityPicker
        value={draft.priority}
        onPick={(priority) => onChange({ priority })}
        trigger={
          <Value>
            <PriorityIcon priority={draft.priority} />
            {draft.priority === "none" ? "Priority" : priorityNames[draft.priority]}
          </Value>
        }
      />
      <AssigneePicker
        value={draft.assigneeIds}
        people={people}
        onPick={(assigneeIds) => onChange({ assigneeIds })}
        trigger={
          <Value>
            {assignees.length > 0 ? (
              <AvatarStack people={assignees} size={16} />
            ) : (
              <UserRound size={14} />
            )}
            {assignees.length === 0 && "Assignee"}
            {assignees.length === 1 && assignees[0]?.name}
          </Value>
        }
      />
      <LabelPicker
        value={draft.labelIds}
        labels={project.labels}
        onPick={(labelIds) => onChange({ labelIds })}
        onCreate={createLabel}
        trigger={
          <Value>
            {labels[0] ? <LabelDot color={labels[0].color} /> : <Tag size={14} />}
            {labels.length === 0 && "Labels"}
            {labels.length === 1 && labels[0]?.name}
            {labels.length > 1 && `${labels.length} labels`}
          </Value>
        }
      />
      <DueDatePicker
        value={draft.dueDate}
        onPick={(dueDate) => onChange({ dueDate })}
        trigger={
          <Value>
            <CalendarDays size={14} />
            {draft.dueDate ? formatDueDate(draft.dueDate, new Date()) : "Due date"}
          </Value>
        }
      />
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
