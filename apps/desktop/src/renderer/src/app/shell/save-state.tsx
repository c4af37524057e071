import { shownName } from "@guildhall/api/client";
import { cancelUpload, resumeUpload } from "@/entities/files/upload/upload-queue.ts";
import { chooseAgain } from "@/entities/files/upload-line.tsx";
import { useSaveState } from "@/sync/outbox/use-save-state.ts";
import { SaveIndicator } from "@/ui/layout/save-indicator.tsx";

/** What waits to be sent, at the end of every screen's header. */
export function SaveState() {
  const { state, isUnstored, entries, textOf, uploadOf, retry, discard } = useSaveState();
  const waiting = entries.map(({ id, label, refusal }) => ({
    id,
    label: shownName(label),
    error: refusal?.message,
    text: textOf(id),
  }));
  function retryIt(id: string) {
    const upload = uploadOf(id);
    if (!upload) retry(id);
    else if (upload.file) resumeUpload(id);
    else chooseAgain(upload);
  }
  return (
    <SaveIndicator
      state={state}
      isUnstored={isUnstored}
      waiting={waiting}
      onRetry={retryIt}
      onDiscard={(id) => (uploadOf(id) ? cancelUpload(id) : discard(id))}
    />
  );
}
