import { ListChecks } from "lucide-react";
import { useState } from "react";
import { useChecklistsParts } from "./checklists-context.ts";

export function AddChecklist() {
  const { task, checklists, mutations, caret } = useChecklistsParts();
  const [title, setTitle] = useState("");

  function add() {
    const named = title.trim();
    if (!named) return;
    setTitle("");
    caret.go({ at: "new", id: mutations.create(task.id, named, checklists.at(-1)) });
  }

  return (
    <div className="-mx-1 flex h-8 items-center gap-2 rounded-control px-1 focus-within:bg-hover hover:bg-hover">
      <ListChecks size={14} className="ml-px shrink-0 text-faint" aria-hidden="true" />
      <input
        dir="auto"
        aria-label="New checklist"
        placeholder="Add a checklist…"
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter") add();
          if (event.key !== "Escape") return;
          event.preventDefault();
          setTitle("");
          event.currentTarget.blur();
        }}
        className="h-full min-w-0 flex-1 bg-transparent text-13 outline-none"
      />
    </div>
  );
}
