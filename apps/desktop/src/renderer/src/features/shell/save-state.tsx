import { useSaveState } from "@/sync/use-save-state.ts";
import { SaveIndicator } from "@/ui/save-indicator.tsx";

/** What waits in the outbox, at the end of every screen's header. */
export function SaveState() {
  const { state, entries, textOf, retry, discard } = useSaveState();
  const waiting = entries.map(({ id, label, refusal }) => ({
    id,
    label,
    error: refusal?.message,
    text: textOf(id),
  }));
  return <SaveIndicator state={state} waiting={waiting} onRetry={retry} onDiscard={discard} />;
}
