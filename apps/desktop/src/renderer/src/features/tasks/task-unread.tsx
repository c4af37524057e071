import { ErrorNotice } from "@/ui/layout/error-notice.tsx";

export function TaskUnread({ onRetry }: { onRetry: () => void }) {
  return (
    <div className="p-5">
      <ErrorNotice title="Couldn't load the task" onRetry={onRetry}>
        The server can't be reached, and this task hasn't been opened on this computer before.
      </ErrorNotice>
    </div>
  );
}
