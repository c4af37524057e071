import { useEffect, useState } from "react";
import type { TaskView } from "@/sync/shapes.ts";
import { useTaskVerbs } from "@/sync/use-task-verbs.ts";
import { cx } from "@/ui/cx.ts";

type Props = { task: TaskView; readOnly: boolean; level: "h1" | "h2" };

/** Edited where it stands; Enter or leaving it saves, Escape takes back what was typed. */
export function TaskTitle({ task, readOnly, level: Level }: Props) {
  const verbs = useTaskVerbs();
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? task.title;
  const look = "font-semibold text-20 tracking-tight";

  // Leaving the page by a key does not blur the field.
  useEffect(() => setTyped(null), [task.id]);

  function save() {
    const title = text.replaceAll(/\s+/g, " ").trim();
    if (title && title !== task.title) verbs.update(task, { title });
    setTyped(null);
  }

  if (readOnly) return <Level className={cx(look, "break-words")}>{task.title}</Level>;
  return (
    <Level className="-mx-2">
      <textarea
        aria-label="Title"
        rows={1}
        maxLength={500}
        value={text}
        onChange={(event) => setTyped(event.target.value.replaceAll("\n", " "))}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Escape") setTyped(null);
          if (event.key === "Enter") event.currentTarget.blur();
          if (event.key === "Escape" || event.key === "Enter") {
            event.preventDefault();
            if (event.key === "Escape") event.currentTarget.parentElement?.focus();
          }
        }}
        className={cx(
          look,
          "field-sizing-content block w-full resize-none rounded-control bg-transparent px-2 py-0.5 hover:bg-hover focus-visible:bg-surface focus-visible:outline-1",
        )}
      />
    </Level>
  );
}
