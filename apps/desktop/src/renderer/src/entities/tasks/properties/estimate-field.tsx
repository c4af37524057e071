import { Hash } from "lucide-react";
import { useState } from "react";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useTaskMutations } from "@/entities/tasks/sync/use-task-mutations.ts";
import { Property } from "./property-list.tsx";
import { readEstimate } from "./read-estimate.ts";

type Props = { task: TaskView; readOnly: boolean };

/** Points, or whatever the team counts in: a number that is typed where it stands. */
export function EstimateField({ task, readOnly }: Props) {
  const mutations = useTaskMutations();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (task.estimate === null ? "" : String(task.estimate));
  const read = readEstimate(shown);

  function save() {
    if (typed !== null && read.isRead && read.estimate !== task.estimate) {
      mutations.update(task, { estimate: read.estimate });
    }
    setTyped(null);
  }

  if (readOnly && task.estimate === null) return null;
  return (
    <Property name="Estimate">
      <span className="flex h-7 items-center gap-2 rounded-control px-2 focus-within:bg-surface hover:bg-hover">
        <Hash size={14} aria-hidden="true" className="shrink-0 text-faint" />
        <input
          aria-label="Estimate"
          aria-invalid={!read.isRead}
          title={read.isRead ? undefined : "A number from 0 to 10,000"}
          inputMode="decimal"
          placeholder="Set an estimate"
          readOnly={readOnly}
          value={shown}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.key === "Escape") setTyped(null);
            if (event.key === "Enter") event.currentTarget.blur();
            if (event.key === "Escape") event.preventDefault();
          }}
          className="h-full min-w-0 flex-1 bg-transparent text-13 tabular-nums outline-none aria-invalid:text-danger-ink"
        />
      </span>
    </Property>
  );
}
