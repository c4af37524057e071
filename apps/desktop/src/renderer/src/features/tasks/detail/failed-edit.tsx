import type { TaskView } from "@/entities/tasks/sync/task.ts";
import { useSaveState } from "@/sync/use-save-state.ts";
import { Button } from "@/ui/controls/button.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";

/** What the server refused, in its own words, where it happened. */
export function FailedEdit({ edit }: Pick<TaskView, "edit">) {
  const { retry, discard } = useSaveState();
  if (edit?.state !== "failed") return null;
  return (
    <div className="mb-4">
      <ErrorNotice
        title="Your last change wasn't saved"
        onRetry={() => void retry(edit.entryId)}
        command={
          <Button size="small" onClick={() => void discard(edit.entryId)}>
            Discard
          </Button>
        }
      >
        {edit.message}
      </ErrorNotice>
    </div>
  );
}
