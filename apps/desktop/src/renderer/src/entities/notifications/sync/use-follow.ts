import { useMemo } from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { useObservable } from "@/lib/observable.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { setFollow } from "./follow-mutations.ts";
import { type Follow, type Followed, followView } from "./follow-view.ts";

const labels = { follow: "Follow", mute: "Mute" };

/** Whether I follow a thing, with what waits in the outbox; null until it is known. Live. */
export function useFollow({ entity, id }: Followed, isKnown: boolean) {
  const { applyWaiting, outbox, perform } = useSyncClient();
  const { id: workspaceId } = useWorkspace();
  const { data } = trpc.follows.get.useQuery({ entity, id }, { enabled: isKnown });
  const entries = useObservable(outbox.entries);
  const follow = useMemo(() => {
    if (!data) return null;
    const view = { about: { entity, id }, follow: data };
    applyWaiting(followView, view, entries);
    return view.follow;
  }, [data, entries, entity, id, applyWaiting]);
  const set = (state: Follow["state"]) =>
    perform(workspaceId, setFollow, {
      input: { entity, id, state },
      was: follow?.state ?? null,
      about: state ? labels[state] : "Follow automatically",
    });
  return { follow, set };
}
