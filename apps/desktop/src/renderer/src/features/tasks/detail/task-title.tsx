import { useRef, useState } from "react";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import { cx } from "@/ui/format/cx.ts";
import { usePageHide } from "@/ui/layout/use-page-hide.ts";

type Props = { task: TaskView; readOnly: boolean; level: "h1" | "h2" };

/** Edited where it stands; Enter or leaving it saves, Escape takes back what was typed. */
export function TaskTitle({ task, readOnly, level: Level }: Props) {
  const mutations = useTaskMutations();
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? task.title;
  const look = "font-semibold text-20 tracking-tight";

  /** Escape leaves the field too, and must not save. */
  const isCancelled = useRef(false);

  function save() {
    const title = text.replaceAll(/\s+/g, " ").trim();
    if (title && title !== task.title && !isCancelled.current) mutations.update(task, { title });
    isCancelled.current = false;
    setTyped(null);
  }

  usePageHide(() => {
    if (typed !== null) save();
  });

  if (readOnly)
    return (
      <Level dir="auto" className={cx(look, "break-words")}>
        {task.title}
      </Level>
    );
  return (
    <Level className="-mx-2">
      <textarea
        dir="auto"
        aria-label="Title"
        rows={1}
        maxLength={500}
        value={text}
        onChange={(event) => setTyped(event.target.value.replaceAll("\n", " "))}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key !== "Escape" && event.key !== "Enter") return;
          event.preventDefault();
          isCancelled.current = event.key === "Escape";
          event.currentTarget.blur();
        }}
        className={cx(
          look,
          "field-sizing-content block w-full resize-none rounded-control bg-transparent px-2 py-0.5 hover:bg-hover focus-visible:bg-surface focus-visible:outline-1",
        )}
      />
    </Level>
  );
}
