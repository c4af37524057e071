import { type MouseEvent, useEffect, useEffectEvent, useRef } from "react";
import { useTextFiles } from "@/entities/files/text-files.ts";
import { editing } from "@/entities/tasks/commands/editing.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import { useObservable } from "@/lib/observable.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import { Markdown } from "@/ui/text/markdown.tsx";
import { MarkdownEditor } from "@/ui/text/markdown-editor.tsx";
import { setCheckbox } from "@/ui/text/markdown-edits.ts";
import { DescriptionConflict } from "./description-conflict.tsx";
import { useDescription } from "./use-description.ts";

type Props = { task: TaskView; readOnly: boolean };

/** Read as Markdown; a click or `e` writes in it. */
export function TaskDescription({ task, readOnly }: Props) {
  const { draft, start, type, resolve, finish } = useDescription(task, !readOnly);
  const putFiles = useTextFiles({ taskId: task.id });
  useShortcut(
    { keys: readOnly || draft ? null : "e", label: "Edit description", group: "Task" },
    start,
  );
  const isWanted =
    useObservable(editing) === task.id && task.description !== undefined && !readOnly;
  const begin = useEffectEvent(() => {
    editing.set(null);
    if (!draft) start();
  });
  useEffect(() => {
    if (isWanted) begin();
  }, [isWanted]);

  if (draft) {
    return (
      <div className="grid gap-2">
        {draft.theirs !== null && (
          <DescriptionConflict taskId={task.id} draft={draft} onResolve={resolve} />
        )}
        <MarkdownEditor
          label="Description"
          placeholder="Add a description"
          autoFocus
          rows={5}
          value={draft.text}
          onValueChange={type}
          onSubmit={finish}
          onCancel={finish}
          onBlur={finish}
          onFiles={task.version > 0 ? putFiles : undefined}
          commands={
            draft.theirs === null && (
              <Button size="small" onClick={finish}>
                Done
              </Button>
            )
          }
        />
      </div>
    );
  }
  return <Written task={task} readOnly={readOnly} onEdit={start} />;
}

function Written({ task, readOnly, onEdit }: Props & { onEdit: () => void }) {
  const mutations = useTaskMutations();
  const { undo } = useSyncClient();
  const pressedAt = useRef({ x: 0, y: 0 });
  const { description } = task;
  if (description === undefined) {
    return (
      <div className="grid gap-3" role="status" aria-label="Loading description">
        <Skeleton width="92%" />
        <Skeleton width="78%" />
      </div>
    );
  }
  if (description.trim() === "") {
    if (readOnly) return <p className="text-13 text-faint">No description.</p>;
    return (
      <button
        type="button"
        onClick={onEdit}
        className="-mx-2 block min-h-9 w-[calc(100%+16px)] rounded-control px-2 text-left text-14 text-faint hover:bg-hover"
      >
        Add a description…
      </button>
    );
  }

  function toggle(line: number, checked: boolean) {
    const text = description ?? "";
    const next = setCheckbox(text, line, checked);
    mutations.describe(task, next, text);
    undo.push({
      label: `Check an item in ${task.key}`,
      undo: () => void mutations.describe(task, text, next),
      redo: () => void mutations.describe(task, next, text),
    });
  }

  /** A click on the text writes in it; on a link or a checkbox, or at the end of selecting, not. */
  function onClick(event: MouseEvent) {
    const isDrag =
      Math.hypot(event.clientX - pressedAt.current.x, event.clientY - pressedAt.current.y) > 4;
    const isOther = (event.target as Element).closest("a,input,button,summary");
    if (!isOther && !isDrag && !window.getSelection()?.toString()) onEdit();
  }

  if (readOnly) return <Markdown>{description}</Markdown>;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: `e` and the button below do the same by keyboard.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above.
    <div
      className="group/description relative -mx-2 cursor-text rounded-control px-2 py-1 transition-colors hover:bg-hover"
      onMouseDown={(event) => {
        pressedAt.current = { x: event.clientX, y: event.clientY };
      }}
      onClick={onClick}
    >
      <Markdown onToggleTask={toggle}>{description}</Markdown>
      <button
        type="button"
        onClick={onEdit}
        className="absolute top-1 right-1 rounded-control border bg-raised px-2 py-0.5 text-12 text-muted opacity-0 focus-visible:opacity-100 group-hover/description:opacity-100"
      >
        Edit
      </button>
    </div>
  );
}
