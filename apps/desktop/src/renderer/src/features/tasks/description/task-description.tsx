import { type MouseEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import { MarkdownField } from "@/entities/editor/markdown-field.tsx";
import { setCheckbox } from "@/entities/editor/reading/set-checkbox.ts";
import { TextView } from "@/entities/editor/reading/text-view.tsx";
import { useAssignable } from "@/entities/people/people.ts";
import { useLookAt } from "@/entities/presence/use-presence.ts";
import { editing } from "@/entities/tasks/commands/editing.ts";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { useObservable } from "@/lib/observable.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Skeleton } from "@/ui/layout/skeleton.tsx";
import { useShortcut } from "@/ui/shortcuts/use-shortcut.ts";
import { DescriptionConflict } from "./description-conflict.tsx";
import { useDescription } from "./use-description.ts";

type Props = { task: TaskView; project: Project; readOnly: boolean };
/** Where on the page a click began to write; null: by a key. */
type Point = { x: number; y: number } | null;

/** Read, until a click or `e` writes in it: at the same place, in the same looks. */
export function TaskDescription({ task, project, readOnly }: Props) {
  const { draft, start, type, resolve, finish } = useDescription(task, !readOnly);
  const people = useAssignable(project);
  const [at, setAt] = useState<Point>(null);
  // On others' boards its card shows who is at it.
  useLookAt(draft ? { taskId: task.id, doing: "holding" } : null);
  function begin(point: Point) {
    setAt(point);
    start();
  }
  useShortcut(
    { keys: readOnly || draft ? null : "e", label: "Edit description", group: "Task" },
    () => begin(null),
  );
  const isWanted =
    useObservable(editing) === task.id && task.description !== undefined && !readOnly;
  const beginWanted = useEffectEvent(() => {
    editing.set(null);
    if (!draft) begin(null);
  });
  useEffect(() => {
    if (isWanted) beginWanted();
  }, [isWanted]);

  if (!draft) return <Written task={task} readOnly={readOnly} onEdit={begin} />;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      {draft.theirs !== null && (
        <DescriptionConflict taskId={task.id} draft={draft} onResolve={resolve} />
      )}
      <MarkdownField
        label="Description"
        placeholder="Add a description"
        look="in-place"
        autoFocus
        focusAt={at}
        value={draft.text}
        onValueChange={type}
        onSubmit={finish}
        onCancel={finish}
        onBlur={finish}
        place={task.version > 0 ? { taskId: task.id } : null}
        people={people}
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

type WrittenProps = Omit<Props, "project"> & { onEdit: (at: Point) => void };

function Written({ task, readOnly, onEdit }: WrittenProps) {
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
        onClick={() => onEdit(null)}
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
    const { clientX: x, clientY: y } = event;
    const isDrag = Math.hypot(x - pressedAt.current.x, y - pressedAt.current.y) > 4;
    const isOther = (event.target as Element).closest("a,input,button,summary");
    if (!isOther && !isDrag && !window.getSelection()?.toString()) onEdit({ x, y });
  }

  if (readOnly) return <TextView>{description}</TextView>;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: `e` and the button below do the same by keyboard.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above.
    <div
      className="group/description relative -mx-2 cursor-text rounded-control border border-transparent px-2 py-1 transition-colors hover:bg-hover"
      onMouseDown={(event) => {
        pressedAt.current = { x: event.clientX, y: event.clientY };
      }}
      onClick={onClick}
    >
      <TextView onToggleTask={toggle}>{description}</TextView>
      <button
        type="button"
        onClick={() => onEdit(null)}
        className="absolute top-1 right-1 rounded-control border bg-raised px-2 py-0.5 text-12 text-muted opacity-0 focus-visible:opacity-100 group-hover/description:opacity-100"
      >
        Edit
      </button>
    </div>
  );
}
