import { type Audience, isFor, reaches } from "../core/visibility/audiences.ts";
import { EncodedBatch } from "../live/encoded-batch.ts";
import type { ChangeMessage } from "./change-message.ts";

/**
 * What the people of one audience get of these changes: decided by audience, never by change and
 * person; made once for all of them, but for those whom one of the changes is for alone.
 */
export function batchFor(changes: ChangeMessage[], audience: Audience) {
  const shared = changes.filter((change) => reaches(audience, change));
  const common = shared.length > 0 ? new EncodedBatch(shared) : null;
  const addressed = changes.filter((each) => isFor(audience, each.audienceUserId ?? "", each));
  const personal = Map.groupBy(addressed, (change) => change.audienceUserId);
  return (userId: string): EncodedBatch | null => {
    const own = personal.get(userId);
    if (!own) return common;
    return new EncodedBatch([...shared, ...own].sort((a, b) => a.seq - b.seq));
  };
}
