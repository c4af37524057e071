import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import { blankDraft } from "@/entities/tasks/task-draft.ts";
import { lastWorkspace } from "@/entities/workspaces/last-workspace.ts";
import {
  useOpenWorkspace,
  useWorkspace,
  WorkspaceContext,
} from "@/entities/workspaces/use-workspace.ts";
import { useWorkspaceList } from "@/entities/workspaces/use-workspace-list.ts";
import { platform } from "@/platform/platform.ts";
import { Select } from "@/ui/controls/select.tsx";
import { Kbd } from "@/ui/shortcuts/kbd.tsx";

const PROJECT = "guildhall.quick-add-project";

const close = () => void platform.desktop?.closeQuickAdd();

/**
 * The small window of the desktop app in which a task is written down from anywhere. It works on what is stored
 * here and gives what it makes to the one outbox: so it needs no connection.
 */
export default function QuickAddScreen() {
  const { workspaces, isAsking } = useWorkspaceList();
  const chosen = workspaces?.find(({ id }) => id === lastWorkspace.read()) ?? workspaces?.[0];
  useEffect(() => {
    const leave = (event: globalThis.KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) close();
    };
    window.addEventListener("keydown", leave);
    return () => window.removeEventListener("keydown", leave);
  }, []);
  return (
    <main className="flex h-full flex-col justify-center bg-surface px-5">
      <h1 className="sr-only">New task</h1>
      {chosen ? <InWorkspace key={chosen.id} workspaceId={chosen.id} /> : !isAsking && <Nowhere />}
    </main>
  );
}

const Nowhere = () => (
  <p className="text-13 text-muted">
    There's no project you can add tasks to. Open Guildhall and create one first.
  </p>
);

function InWorkspace({ workspaceId }: { workspaceId: string }) {
  const { workspace } = useOpenWorkspace(workspaceId);
  return (
    workspace && (
      <WorkspaceContext value={workspace}>
        <QuickTask />
      </WorkspaceContext>
    )
  );
}

function QuickTask() {
  const { projects } = useWorkspace();
  const mutations = useTaskMutations();
  const [title, setTitle] = useState("");
  const [projectId, setProjectId] = useState(() => localStorage.getItem(PROJECT));
  const [added, setAdded] = useState("");
  const field = useRef<HTMLInputElement>(null);
  // The window is hidden and shown again: what was begun is still there.
  useEffect(() => platform.desktop?.on("quickAddShown", () => field.current?.select()), []);
  const writable = projects.filter((p) => !p.archivedAt && p.role !== "viewer");
  const project = writable.find(({ id }) => id === projectId) ?? writable[0];
  if (!project) return <Nowhere />;

  function add(to: typeof project & object) {
    const words = title.trim();
    if (!words) return;
    mutations.create({ ...blankDraft(to, {}), title: words, place: "top" });
    setAdded(`“${words}” created`);
    setTitle("");
    close();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (project) add(project);
  }
  return (
    <div className="grid gap-3">
      <input
        ref={field}
        type="text"
        dir="auto"
        // biome-ignore lint/a11y/noAutofocus: the window was opened in order to type.
        autoFocus
        maxLength={500}
        aria-label="Title"
        placeholder="Task title"
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        onKeyDown={onKeyDown}
        className="w-full bg-transparent font-medium text-16 outline-none"
      />
      <div className="flex items-center gap-3 border-t pt-3 text-12 text-muted">
        <Select
          label="Project"
          value={project.id}
          options={writable.map(({ id, name }) => ({ value: id, label: name }))}
          onValueChange={(id) => {
            localStorage.setItem(PROJECT, id);
            setProjectId(id);
            field.current?.focus();
          }}
        />
        <span role="status" className="min-w-0 flex-1 truncate">
          {added}
        </span>
        <span className="flex items-center gap-1.5">
          <Kbd keys="enter" /> create <Kbd keys="escape" /> close
        </span>
      </div>
    </div>
  );
}
