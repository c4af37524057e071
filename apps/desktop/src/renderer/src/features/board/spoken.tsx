import { useValue } from "@/sync/use-room.ts";
import type { Value } from "@/sync/value.ts";

/** Says aloud what a move did, for those who do not see the card go. */
export function Spoken({ words }: { words: Value<string> }) {
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {useValue(words)}
    </div>
  );
}
