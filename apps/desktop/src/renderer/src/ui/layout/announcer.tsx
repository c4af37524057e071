import type { Value } from "@/lib/observable.ts";
import { useValue } from "@/sync/use-sync-client.ts";

/** Says aloud what a move did, for those who do not see the card go. */
export function Spoken({ words }: { words: Value<string> }) {
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {useValue(words)}
    </div>
  );
}
