import { type Observable, useObservable } from "@/lib/observable.ts";

/** Says aloud what a move did, for those who do not see the card go. */
export function Announcer({ words }: { words: Observable<string> }) {
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {useObservable(words)}
    </div>
  );
}
