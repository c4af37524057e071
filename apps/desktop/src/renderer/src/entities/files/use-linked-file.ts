import { useEffect, useEffectEvent } from "react";
import { useDeepLinkTarget } from "@/lib/deep-link-target.ts";

/** Opens the file that the address points to, once, when it is there. */
export function useLinkedFile(files: readonly { id: string }[], open: (id: string) => void) {
  const linked = useDeepLinkTarget("file");
  const isThere = files.some(({ id }) => id === linked);
  const onThere = useEffectEvent(open);
  useEffect(() => {
    if (linked && isThere) onThere(linked);
  }, [linked, isThere]);
}
