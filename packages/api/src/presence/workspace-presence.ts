import type { Actor } from "../core/context.ts";
import { EncodedBatch, EncodedEvent } from "../live/encoded-batch.ts";
import type { Membership, Subscription } from "../live/membership.ts";
import type { Place } from "../live/protocol.ts";
import type { PresenceService } from "../live/services.ts";
import { placeOf, type WorkspacePresence } from "./channel.ts";

const NOWHERE: Place = { projectId: null, taskId: null };

type Workspaces = {
  enter(
    workspaceId: string,
    actor: Actor,
  ): Promise<{ topic: { presence: WorkspacePresence }; membership: Membership }>;
};

/** Who is here in each workspace that somebody on this worker is in. */
export const createPresence = (workspaces: Workspaces): PresenceService => ({
  async join(workspaceId, actor, spot): Promise<Subscription> {
    const { topic, membership } = await workspaces.enter(workspaceId, actor);
    topic.presence.join(membership, { userId: actor.user.id, spot });
    const place = spot ? placeOf(spot) : NOWHERE;
    const { ended, leave } = membership;
    const start: Subscription["start"] = (sink) =>
      sink.put(new EncodedBatch([new EncodedEvent(place, null)]));
    return { start, ended, leave };
  },
  async subscribe(workspaceId, actor) {
    const { topic, membership } = await workspaces.enter(workspaceId, actor);
    return topic.presence.subscribe(membership);
  },
});
