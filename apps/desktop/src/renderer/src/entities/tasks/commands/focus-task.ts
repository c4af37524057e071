import { useEffect, useEffectEvent } from "react";

/** Whether this view shows the task; then it takes the focus, once it is drawn. */
type Taker = (taskId: string) => boolean;

const takers = new Set<Taker>();

/** To the task wherever it is shown, also where only what is in sight is drawn; false: nowhere. */
export const focusTask = (taskId: string): boolean => [...takers].some((take) => take(taskId));

/** Of a board or a list that is open. */
export function useFocusTask(take: Taker) {
  const taken = useEffectEvent(take);
  useEffect(() => {
    const taker: Taker = (taskId) => taken(taskId);
    takers.add(taker);
    return () => void takers.delete(taker);
  }, []);
}
