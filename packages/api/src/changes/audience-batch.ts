import { type Audience, isFor, reaches } from "../core/audiences.ts";
import { EncodedBatch } from "../live/encoded-batch.ts";
import type { ChangeMessage } from "./change-message.ts";

/**
 * What the people of one audience get of these changes: decided by audience, never by change and
 * person; made once for all of them, but for those whom one of the changes is for alone.
 */
export function batchFor(changes: ChangeMessage[], audience: Audience) {
  const shared = changes.filter((change) => reaches(audience, change));
  const common = shared.length > 0 ? new EncodedBatch(shared) : null;
  const personal = new Set(
    audience.seesAll ? [] : changes.flatMap(({ audienceUserId }) => audienceUserId ?? []),
  );
  return (userId: string): EncodedBatch | null => {
    if (!personal.has(userId)) return common;
    const theirs = changes.filter(
      (change) => reaches(audience, change) || isFor(audience, userId, change),
    );
    return theirs.length > 0 ? new EncodedBatch(theirs) : null;
  };
}
