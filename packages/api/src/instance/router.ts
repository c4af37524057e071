import { authed, router } from "../core/trpc.ts";
import { isAdministrator } from "./administrators.ts";

export const instanceRouter = router({
  /** Whether I administer this server. */
  access: authed.query(async ({ ctx }) => ({
    isAdministrator: await isAdministrator(ctx.services.db, ctx.actor.user.id),
  })),
});
