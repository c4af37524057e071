import { useState } from "react";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import type { Status } from "@/entities/workspaces/workspace.ts";
import { defaultsOf } from "@/features/project-view/query/filter-defaults.ts";
import { useView } from "@/features/project-view/view/view-context.ts";

type Props = { status: Status; onClose: () => void };

/** One line for one task: Enter adds it and waits for the next, Escape closes. */
export function QuickAdd({ status, onClose }: Props) {
  const { project, search } = useView();
  const mutations = useTaskMutations();
  const [title, setTitle] = useState("");

  function add() {
    const name = title.trim();
    if (!name) return;
    mutations.create({
      ...defaultsOf(search),
      projectId: project.id,
      statusId: status.id,
      title: name.slice(0, 500),
      // Under the line it was typed into, where the eye is.
      place: "top",
    });
    setTitle("");
  }

  return (
    <div className="rounded-control border border-accent bg-card p-2 shadow-card">
      <textarea
        dir="auto"
        // biome-ignore lint/a11y/noAutofocus: it was opened in order to type.
        autoFocus
        rows={2}
        aria-label={`New task title in ${status.name}`}
        placeholder="Task title"
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) {
            event.preventDefault();
            add();
          } else if (event.key === "Escape") {
            event.preventDefault();
            onClose();
          }
        }}
        onBlur={() => {
          if (!title.trim()) onClose();
        }}
        className="field-sizing-content block max-h-40 w-full resize-none bg-transparent font-medium text-13 outline-none"
      />
      <p className="mt-1 text-12 text-faint">Enter to add, Esc to close</p>
    </div>
  );
}
