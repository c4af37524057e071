import { useEffect, useEffectEvent } from "react";
import { usePointed } from "@/lib/deep-link-target.ts";

/** Opens the file that the address points to, once, when it is there. */
export function usePointedFile(files: readonly { id: string }[], open: (id: string) => void) {
  const pointed = usePointed("file");
  const isThere = files.some(({ id }) => id === pointed);
  const onThere = useEffectEvent(open);
  useEffect(() => {
    if (pointed && isThere) onThere(pointed);
  }, [pointed, isThere]);
}
