import type { TrackedEnvelope } from "@trpc/server";
import { z } from "zod";
import { loadTask, loadWorkspace } from "../core/access.ts";
import { notFound } from "../core/errors.ts";
import { readCursor } from "../core/feed/read-feed.ts";
import { id } from "../core/text.ts";
import { authed, router } from "../core/trpc.ts";
import { isFor, reaches, readAudiences } from "../core/visibility/audiences.ts";
import { fits } from "../live/catch-up.ts";
import type { FeedEvent } from "../live/protocol.ts";
import { serve } from "../live/serve.ts";
import { readHistory } from "./history.ts";
import { readChanges } from "./read-changes.ts";

const PAGE = 500;
const position = z.coerce.number<number | string>().int().nonnegative();

export const changesRouter = router({
  /**
   * What happened to one task and in its checklists, newest first; what went before the oldest is asked with its `seq`.
   * Rows of one id follow each other: the difference between two is what somebody did.
   */
  history: authed
    .input(
      z.object({
        entityId: id,
        limit: z.number().int().min(1).max(200).default(50),
        before: position.nullish(),
      }),
    )
    .query(async ({ ctx, input }) => {
      const { db } = ctx.services;
      const task = await loadTask(db, ctx.actor.user.id, input.entityId, "viewer");
      return readHistory(db, task, input);
    }),

  /**
   * Changes after `seq`, oldest first. Ask again from the `seq` of the answer until `upToDate`.
   * `reset` says that the feed no longer reaches back that far: read everything afresh.
   */
  since: authed
    .input(z.object({ workspaceId: id, seq: position, epoch: z.uuid().optional() }))
    .query(async ({ ctx, input }) => {
      const { db } = ctx.services;
      const userId = ctx.actor.user.id;
      await loadWorkspace(db, userId, input.workspaceId, "guest");
      const cursor = await readCursor(db, input.workspaceId);
      const { epoch } = cursor;
      if (!fits(cursor, input.seq, input.epoch)) {
        return { changes: [], seq: cursor.seq, epoch, upToDate: true, reset: true };
      }
      const read = await readChanges(db, input.workspaceId, input.seq, PAGE);
      const audience = (await readAudiences(db, input.workspaceId, [userId])).get(userId);
      // Removed while we read: what was read is not theirs any more.
      if (!audience) throw notFound("workspace");
      const seq = read.at(-1)?.seq ?? input.seq;
      // The oldest were cleared away since the cursor was read, but for those kept as history.
      if (seq > input.seq + read.length) {
        return { changes: [], seq: cursor.seq, epoch, upToDate: true, reset: true };
      }
      return {
        changes: read
          .filter((each) => reaches(audience, each) || isFor(audience, userId, each))
          .map(({ event }) => event),
        seq,
        epoch,
        upToDate: seq >= cursor.seq,
        reset: false,
      };
    }),

  /**
   * The one subscription that carries data: what the client missed since `lastEventId`, then the
   * word `live`, then what happens, in order, each once. Without a cursor it starts now. After
   * `reset` the client reads everything afresh and goes on from there by itself.
   */
  onChange: authed
    .input(
      z.object({
        workspaceId: id,
        lastEventId: position.nullish(),
        /** The epoch that the cursor belongs to, as `workspaces.open` gave it. */
        epoch: z.uuid().nullish(),
      }),
    )
    .subscription(async function* ({ ctx, input: { workspaceId, ...from }, signal }) {
      const { db, feed } = ctx.services;
      await loadWorkspace(db, ctx.actor.user.id, workspaceId, "guest");
      const subscription = await feed.subscribe(workspaceId, ctx.actor, from);
      yield* serve<TrackedEnvelope<FeedEvent>>(subscription, { ...ctx, signal });
    }),
});
