import { useEffect, useEffectEvent, useState } from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";

/**
 * The answer to "make a project" may be here before the feed has brought the project itself, and
 * its screens would say that there is none: goes on as soon as it is there.
 */
export function useHasArrived(onArrived: (key: string) => void) {
  const { projects } = useWorkspace();
  const [awaited, setAwaited] = useState<{ id: string; key: string } | null>(null);
  const isHere = awaited !== null && projects.some(({ id }) => id === awaited.id);
  const arrived = useEffectEvent(() => awaited && onArrived(awaited.key));

  useEffect(() => {
    if (isHere) arrived();
  }, [isHere]);

  return setAwaited;
}
