import { ErrorNotice } from "@/ui/error-notice.tsx";

export function TaskUnread({ onRetry }: { onRetry: () => void }) {
  return (
    <div className="p-5">
      <ErrorNotice title="The task could not be read" onRetry={onRetry}>
        The server is out of reach, and this task was not opened on this computer before.
      </ErrorNotice>
    </div>
  );
}
