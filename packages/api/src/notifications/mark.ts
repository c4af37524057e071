import { schema } from "@guildhall/db";
import { and, eq, inArray } from "drizzle-orm";
import type { MutationContext } from "../core/context.ts";
import { write } from "../core/write.ts";
import { readNotifications } from "./queries.ts";

const { notifications } = schema;

type Marks = {
  ids: string[];
  read?: boolean | undefined;
  done?: boolean | undefined;
  snoozedUntil?: Date | null | undefined;
};

/** One's own; what is none of them, or is gone with its thing, is passed over. Done is read as well. */
export function markNotifications(ctx: MutationContext, { ids, ...marks }: Marks) {
  const at = new Date();
  const when = (isSet: boolean) => (isSet ? at : null);
  const values = {
    ...(marks.done !== undefined && { doneAt: when(marks.done) }),
    ...(marks.read !== undefined && { readAt: when(marks.read) }),
    // Whoever has read it need not be told of it elsewhere.
    ...((marks.read || marks.done) && { mailWaits: false, pushWaits: false }),
    ...(marks.snoozedUntil !== undefined && { snoozedUntil: marks.snoozedUntil }),
  };
  return write(ctx, null, async (tx, record) => {
    if (Object.keys(values).length === 0) return { items: [] };
    const mine = and(eq(notifications.userId, ctx.actor.user.id), inArray(notifications.id, ids));
    const marked = await tx
      .update(notifications)
      .set(values)
      .where(mine)
      .returning({ id: notifications.id });
    const read = await readNotifications(
      tx,
      marked.map(({ id }) => id),
    );
    for (const { row, userId: audienceUserId, scopeId } of read) {
      const { id, workspaceId } = row;
      record({
        entity: "notification",
        id,
        op: "update",
        row,
        audienceUserId,
        scopeId,
        workspaceId,
      });
    }
    return { items: read.map(({ row }) => row) };
  });
}
