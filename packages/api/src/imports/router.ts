import { z } from "zod";
import { loadProject } from "../core/access.ts";
import { id } from "../core/text.ts";
import { authed, router } from "../core/trpc.ts";
import { loadImport } from "./load-import.ts";
import { readImport } from "./queries.ts";

export const importsRouter = router({
  get: authed.input(z.object({ id })).query(async ({ ctx, input }) => {
    const { db } = ctx.services;
    const { projectId } = await loadImport(db, input.id);
    await loadProject(db, ctx.actor.user.id, projectId, "viewer");
    return readImport(db, input.id);
  }),
});
