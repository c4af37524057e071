import { useEffect, useState } from "react";
import { createRetry } from "@/lib/retry.ts";

const MOST_TRIES = 6;
const WAITS = { firstMs: 1_000, lastMs: 16_000 };

/** A picture of a text: somebody else's upload may arrive a little later than the text that shows it. */
export function usePictureTries() {
  const [tries, setTries] = useState(1);
  const [isMissing, setMissing] = useState(false);
  const [retry] = useState(() => createRetry(() => setTries((n) => n + 1), WAITS));
  useEffect(() => retry.stop, [retry]);
  const onError = () => (tries < MOST_TRIES ? retry.later() : setMissing(true));
  /** As the key of the picture, `tryKey` makes the browser ask anew. */
  return { isMissing, tryKey: tries, onError };
}
