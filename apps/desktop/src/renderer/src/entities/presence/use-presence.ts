import type { Place } from "@guildhall/api/client";
import { createContext, use, useEffect, useState } from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { invariant } from "@/lib/invariant.ts";
import { useObservable } from "@/lib/observable.ts";
import { createPresence, type Presence } from "@/sync/presence.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";

export const PresenceContext = createContext<Presence | null>(null);

const usePresence = (): Presence =>
  invariant(use(PresenceContext), "this is inside an open workspace");

/** For the lifetime of the component; `isOpen` once the workspace may be seen. */
export function useOpenPresence(workspaceId: string, isOpen: boolean): Presence {
  const { connection } = useSyncClient();
  const [presence] = useState(() => createPresence(connection, workspaceId));
  useEffect(() => (isOpen ? presence.start() : undefined), [presence, isOpen]);
  return presence;
}

/** Tells the others that this page shows it, while the component is there. */
export function useLookAt({ projectId, taskId }: Partial<Place>) {
  const { lookAt } = usePresence();
  useEffect(
    () => lookAt({ ...(projectId && { projectId }), ...(taskId && { taskId }) }),
    [lookAt, projectId, taskId],
  );
}

/** The other members who are here; with a condition those who are at such a place. */
export function useOthersHere(isThere?: (place: Place) => boolean) {
  const people = useObservable(usePresence().people);
  const { members } = useWorkspace();
  const { me } = useSyncClient();
  const byId = new Map(members.map((member) => [member.userId, member]));
  return [...people].flatMap(([userId, places]) => {
    const member = byId.get(userId);
    if (!member || userId === me.id || (isThere && !places.some(isThere))) return [];
    return [{ id: userId, name: member.name }];
  });
}
