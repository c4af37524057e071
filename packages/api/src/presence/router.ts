/**
 * Both are subscriptions, and neither writes anything. To be somewhere lasts exactly as long as
 * the subscription that says so: it ends with the tab, the connection or the worker, comes back
 * with the reconnect, on whichever worker that is, and needs no word that could be lost.
 */
import { z } from "zod";
import { loadWorkspace } from "../core/access.ts";
import { id } from "../core/text.ts";
import { authed, router } from "../core/trpc.ts";
import { doings, type Place, type PresenceEvent } from "../live/protocol.ts";
import { serve } from "../live/serve.ts";
import { findSpot } from "./find-spot.ts";

const place = z.object({
  projectId: id.nullish(),
  taskId: id.nullish(),
  documentId: id.nullish(),
  threadId: id.nullish(),
  doing: z.enum(doings).nullish(),
});

export const presenceRouter = router({
  /**
   * Shows this person to the others as being here for as long as it is open; says once where. To
   * move, end it and begin another.
   */
  here: authed
    .input(z.object({ workspaceId: id, place: place.nullish() }))
    .subscription(async function* ({ ctx, input: { workspaceId, place }, signal }) {
      const { db, presence } = ctx.services;
      const spot = await findSpot(db, ctx.actor.user.id, workspaceId, place);
      const visit = await presence.join(workspaceId, ctx.actor, spot);
      yield* serve<Place>(visit, { ...ctx, signal });
    }),

  /** Everyone who is here, oneself included, by user id; then who comes, moves and goes. */
  onChange: authed.input(z.object({ workspaceId: id })).subscription(async function* ({
    ctx,
    input: { workspaceId },
    signal,
  }) {
    const { db, presence } = ctx.services;
    await loadWorkspace(db, ctx.actor.user.id, workspaceId, "guest");
    const subscription = await presence.subscribe(workspaceId, ctx.actor);
    yield* serve<PresenceEvent>(subscription, { ...ctx, signal });
  }),
});
