import { unknownBuild } from "../core/about.ts";
import { authed, router } from "../core/trpc.ts";

/** What runs here, for everybody who is signed in. */
export const aboutRouter = router({
  version: authed.query(({ ctx: { services } }) => {
    const { version, commit, builtAt } = services.config.about ?? unknownBuild;
    return { version, commit, builtAt };
  }),
  /** Of the software of others that ships with it; null where it runs from its sources. */
  licenses: authed.query(({ ctx }) => (ctx.services.config.about ?? unknownBuild).licenses()),
});
