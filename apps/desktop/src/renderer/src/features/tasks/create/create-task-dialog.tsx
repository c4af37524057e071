import { pick, valueProperties } from "@guildhall/api/client";
import { useNavigate } from "@tanstack/react-router";
import { type ComponentProps, type KeyboardEvent, useRef, useState } from "react";
import { MarkdownField } from "@/entities/editor/markdown-field.tsx";
import { useAssignable } from "@/entities/people/people.ts";
import { focusTask } from "@/entities/tasks/commands/focus-task.ts";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import { blankDraft, type TaskDefaults, type TaskDraft } from "@/entities/tasks/task-draft.ts";
import type { TaskSlots } from "@/entities/tasks/task-slots.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { taskElement } from "@/features/tasks/task-element.ts";
import { paths } from "@/lib/paths.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Checkbox } from "@/ui/controls/checkbox.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { isMac } from "@/ui/shortcuts/use-shortcut.ts";
import { CreateTaskProperties } from "./create-task-properties.tsx";

type Props = ComponentProps<TaskSlots["CreateTaskDialog"]>;

export function CreateTaskDialog({ open, onOpenChange, defaults = {} }: Props) {
  const { projects } = useWorkspace();
  const writable = projects.filter((p) => !p.archivedAt && p.role !== "viewer");
  const project = writable.find(({ id }) => id === defaults.projectId) ?? writable[0];
  const made = useRef<string | null>(null);
  if (!project) return null;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New task"
      width="medium"
      // What one has made is what one goes on with, when it is shown here.
      finalFocus={() => {
        const id = made.current;
        made.current = null;
        if (id && focusTask(id)) return false;
        return (id && taskElement(id)) || true;
      }}
    >
      <NewTask
        projects={writable}
        project={project}
        defaults={defaults}
        onMade={(id) => {
          made.current = id;
        }}
        onClose={() => onOpenChange(false)}
      />
    </Dialog>
  );
}

type NewTaskProps = {
  projects: readonly Project[];
  project: Project;
  defaults: TaskDefaults;
  onMade: (id: string) => void;
  onClose: () => void;
};

/** Lives as long as the dialog is open, so that each opening starts blank. */
function NewTask({ projects, project: first, defaults, onMade, onClose }: NewTaskProps) {
  const navigate = useNavigate();
  const mutations = useTaskMutations();
  const [draft, setDraft] = useState<TaskDraft>(() => blankDraft(first, defaults));
  const [createMore, setCreateMore] = useState(false);
  const [round, setRound] = useState(0);
  const project = projects.find(({ id }) => id === draft.projectId) ?? first;
  const change = (patch: Partial<TaskDraft>) => setDraft({ ...draft, ...patch });
  const title = draft.title.trim();
  const people = useAssignable(project);

  function create() {
    if (!title) return;
    const id = mutations.create({ ...draft, title, place: "top" });
    onMade(id);
    notify({
      title: `“${title}” created`,
      command: {
        label: "Open",
        run: () => navigate({ to: paths.task(project.workspaceId, id) }),
      },
    });
    if (!createMore) return onClose();
    setDraft({ ...draft, title: "", description: "" });
    setRound(round + 1);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    const isTitle = event.target instanceof HTMLInputElement;
    if (!(isMac ? event.metaKey : event.ctrlKey) && !isTitle) return;
    event.preventDefault();
    create();
  }

  return (
    <div className="flex flex-col gap-3">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: its fields are what is typed into. */}
      <div key={round} className="flex flex-col gap-1" onKeyDown={onKeyDown}>
        <input
          type="text"
          dir="auto"
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened in order to type.
          autoFocus
          maxLength={500}
          aria-label="Title"
          placeholder="Task title"
          value={draft.title}
          onChange={(event) => change({ title: event.target.value })}
          className="w-full bg-transparent font-medium text-16 outline-none"
        />
        <MarkdownField
          label="Description"
          placeholder="Add a description"
          look="form"
          value={draft.description}
          onValueChange={(description) => change({ description })}
          onSubmit={create}
          place={null}
          people={people}
        />
      </div>
      <CreateTaskProperties
        draft={draft}
        project={project}
        projects={projects}
        onChange={(patchOf) => setDraft((now) => ({ ...now, ...patchOf(now) }) as TaskDraft)}
        onProject={(next) =>
          // What means the same in another project; statuses, labels and people may not.
          setDraft({ ...blankDraft(next, {}), ...pick(draft, valueProperties) })
        }
      />
      <div className="-mx-5 mt-1 -mb-3 flex items-center justify-end gap-3 border-t px-5 py-3">
        <span className="mr-auto">
          <Checkbox checked={createMore} onCheckedChange={setCreateMore}>
            Create more
          </Checkbox>
        </span>
        <Button variant="primary" keys="mod+enter" disabled={!title} onClick={create}>
          Create task
        </Button>
      </div>
    </div>
  );
}
