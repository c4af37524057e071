import { z } from "zod";
import { id } from "../core/text.ts";
import { mutation, router } from "../core/trpc.ts";
import { setPicture } from "./set-picture.ts";

/** They are set by a PUT (over-http.ts). */
export const picturesRouter = router({
  removeMine: mutation.mutation(({ ctx }) =>
    setPicture(ctx, { kind: "person", id: ctx.actor.user.id }, null),
  ),

  removeOfWorkspace: mutation
    .input(z.object({ workspaceId: id }))
    .mutation(({ ctx, input }) =>
      setPicture(ctx, { kind: "workspace", id: input.workspaceId }, null),
    ),
});
