/**
 * Both are subscriptions, and neither writes anything. To be somewhere lasts exactly as long as
 * the subscription that says so: it ends with the tab, the connection or the worker, comes back
 * with the reconnect, on whichever worker that is, and needs no word that could be lost.
 */
import { once } from "node:events";
import { z } from "zod";
import { loadWorkspace } from "../core/access.ts";
import type { HereEvent, Place } from "../core/here.ts";
import { id } from "../core/text.ts";
import { authed, router } from "../core/trpc.ts";
import { findSpot } from "./find-spot.ts";

const place = z.object({ projectId: id.nullish(), taskId: id.nullish() });

export const presenceRouter = router({
  /**
   * Shows this person to the others as being here for as long as it is open; says once where. To
   * move, end it and begin another.
   */
  here: authed
    .input(z.object({ workspaceId: id, place: place.nullish() }))
    .subscription(async function* ({ ctx, input, signal }): AsyncGenerator<Place> {
      const { db, presence } = ctx.services;
      const { workspaceId } = input;
      const spot = await findSpot(db, ctx.actor.user.id, workspaceId, input.place);
      const visit = await presence.stay(workspaceId, ctx.actor, spot);
      const until = signal ?? new AbortController().signal;
      try {
        yield { projectId: spot?.projectId ?? null, taskId: spot?.taskId ?? null };
        if (!until.aborted) await Promise.race([once(until, "abort"), visit.ended]);
      } finally {
        visit.leave();
      }
    }),

  /** Everyone who is here, oneself included, by user id; then who comes, moves and goes. */
  onChange: authed.input(z.object({ workspaceId: id })).subscription(async function* ({
    ctx,
    input,
    signal,
  }): AsyncGenerator<HereEvent> {
    const { db, presence } = ctx.services;
    const { workspaceId } = input;
    await loadWorkspace(db, ctx.actor.user.id, workspaceId, "viewer");
    const watch = await presence.watch(workspaceId, ctx.actor);
    signal?.addEventListener("abort", watch.leave, { once: true });
    try {
      if (signal?.aborted) return;
      for (let event = await watch.next(); event; event = await watch.next()) yield event;
    } finally {
      watch.leave();
    }
  }),
});
