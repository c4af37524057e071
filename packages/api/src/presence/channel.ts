/** Who is here in a workspace, and at which places. */
import { type Audience, seesScope } from "../core/visibility/audiences.ts";
import { EncodedEvent } from "../live/encoded-batch.ts";
import type { LiveNeeds } from "../live/needs.ts";
import type { PermissionCache } from "../live/permission-cache.ts";
import {
  PresenceChannel,
  type PresenceMessage,
  type PresenceTimes,
} from "../live/presence-channel.ts";
import type { PersonHere, Place, PresenceEvent } from "../live/protocol.ts";
import type { Spot } from "../live/services.ts";

const PACE_MS = 500;
/** So much longer than it took to tell everybody is the pause before the next time. */
const PAUSE_PER_WORK = 9;
/** Nobody looks at more at a time; the others are told of these. */
const MOST_PLACES = 10;

/** One tab of somebody; the place is null when it is none that the others may know of. */
export type Here = { userId: string; spot: Spot | null };

export type WorkspacePresence = PresenceChannel<Here, PersonHere, Audience>;

type Needs = Pick<LiveNeeds, "onError"> & {
  worker: string;
  times: PresenceTimes;
  publish: (message: PresenceMessage<Here>) => void;
};

const canView = (audience: Audience, { scopeId }: Spot) =>
  scopeId === null ? audience.people === null : seesScope(audience, scopeId);

/** What the others are told of it. */
export const placeOf = ({ scopeId: _, ...place }: Spot): Place => place;

export const readsDocument = ({ spot }: Here) => Boolean(spot?.documentId);

/** By document the scope that it has come to; one that is gone is nowhere. */
export const moveReader = (scopes: ReadonlyMap<string, string | null>) => (here: Here) => {
  const scopeId = scopes.get(here.spot?.documentId ?? "");
  if (here.spot && scopeId !== undefined) here.spot = { ...here.spot, scopeId };
};

export const createWorkspacePresence = (
  needs: Needs,
  permissions: PermissionCache<Audience>,
): WorkspacePresence =>
  new PresenceChannel(
    {
      ...needs,
      keyOf: ({ userId }) => userId,
      toldAs: (here) => JSON.stringify(here),
      visibleOwn: ({ userId, spot }, audience) => ({
        userId,
        spot: spot && canView(audience, spot) ? spot : null,
      }),
      shown: gather,
      itemKey: ({ userId }) => userId,
      encode: ({ isWhole, people, gone }) => {
        const event: PresenceEvent = { isWhole, people, gone: gone.map(({ userId }) => userId) };
        return new EncodedEvent(event, null);
      },
      // Five hundred people who come, go and move are a few messages a second for each subscriber,
      // and never more than a tenth of the worker's time.
      pauseAfter: (tookMs) => Math.max(PACE_MS, tookMs * PAUSE_PER_WORK),
    },
    permissions,
  );

const keyOf = ({ projectId, taskId, documentId, threadId, doing }: Place) =>
  [projectId, taskId, documentId, threadId, doing].join("/");

/**
 * One person, however many tabs and workers: each place that this audience may know of once. Guests are told
 * of those alone whom they see, at a place that they see.
 */
function gather(everyone: Here[], audience: Audience): PersonHere[] {
  const people = new Map<string, Map<string, Place>>();
  for (const { userId, spot } of everyone) {
    const places = people.get(userId) ?? new Map<string, Place>();
    people.set(userId, places);
    if (!spot || !canView(audience, spot) || places.size >= MOST_PLACES) continue;
    places.set(keyOf(spot), placeOf(spot));
  }
  const told = [...people].filter(
    ([userId, places]) => !audience.people || (places.size > 0 && audience.people.has(userId)),
  );
  return told.map(([userId, places]) => ({
    userId,
    places: [...places].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, place]) => place),
  }));
}
