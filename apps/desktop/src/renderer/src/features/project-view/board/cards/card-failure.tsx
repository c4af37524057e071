import { TriangleAlert } from "lucide-react";
import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";

type Failed = Extract<NonNullable<TaskView["edit"]>, { state: "failed" }>;

/** The server refused an edit of this task: its words, and the two ways on. FAILURE_HEIGHT tall. */
export function CardFailure({ edit }: { edit: Failed }) {
  const { outbox } = useSyncClient();
  return (
    <div
      role="alert"
      className="mt-1 flex h-[58px] flex-col justify-between rounded-control bg-danger-soft px-2 py-1.5 text-12"
    >
      <p className="flex items-center gap-1.5 text-danger-ink" title={edit.message}>
        <TriangleAlert size={12} className="shrink-0" aria-hidden="true" />
        <span className="truncate">{edit.message}</span>
      </p>
      <div className="flex gap-1">
        <Button size="small" onClick={() => outbox.retry(edit.entryId)}>
          Try again
        </Button>
        <Button size="small" variant="ghost" onClick={() => outbox.discard(edit.entryId)}>
          Discard
        </Button>
      </div>
    </div>
  );
}
