import { shownName } from "@guildhall/api/client";
import { uploads } from "@/entities/files/upload/upload-queue.ts";
import { chooseAgain } from "@/entities/files/upload-line.tsx";
import { useSaveState } from "@/sync/use-save-state.ts";
import { SaveIndicator } from "@/ui/layout/save-indicator.tsx";

/** What waits to be sent, at the end of every screen's header. */
export function SaveState() {
  const { state, isUnstored, entries, retry, discard } = useSaveState();
  const waiting = entries.map(({ id, label, refusal, text }) => ({
    id,
    label: shownName(label),
    error: refusal?.message,
    text: text ?? null,
  }));
  function retryIt(id: string) {
    const away = uploads.get().find((upload) => upload.id === id && upload.state === "away");
    if (away) chooseAgain(away);
    else void retry(id);
  }
  return (
    <SaveIndicator
      state={state}
      isUnstored={isUnstored}
      waiting={waiting}
      onRetry={retryIt}
      onDiscard={discard}
    />
  );
}
