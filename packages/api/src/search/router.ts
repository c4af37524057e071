import { schema } from "@guildhall/db";
import { z } from "zod";
import { id } from "../core/text.ts";
import { authed, router } from "../core/trpc.ts";
import { foundKinds, search } from "./search.ts";

/** More than anybody types; of what is pasted the beginning is looked for. */
const LONGEST = 200;

/** Postgres knows others too, but neither writes nor reads them as we do. */
const moment = z.date().min(new Date("0001-01-01")).max(new Date("9999-12-31"));

export const searchRouter = router({
  /**
   * Everything that fits, as far as the caller may see it: what has the words in its title first, then
   * what has them in its text, then what nearly does; the newest first among equals. Without a text,
   * what was changed last. `nextCursor` asks for more of the same question.
   */
  find: authed
    .input(
      z.object({
        workspaceId: id,
        text: z
          .string()
          .max(10_000)
          .transform((text) => text.slice(0, LONGEST))
          .default(""),
        kinds: z.array(z.enum(foundKinds)).min(1).max(foundKinds.length).optional(),
        projectId: id.optional(),
        /** Wrote it, or has it to do. */
        personId: id.optional(),
        states: z.array(z.enum(schema.searchStates)).min(1).max(4).optional(),
        /** Changed at this moment or later. */
        from: moment.optional(),
        /** Changed before this moment. */
        to: moment.optional(),
        limit: z.number().int().min(1).max(50).default(20),
        cursor: z.string().max(300).optional(),
        /** Also how many of each kind there are; a little dearer. */
        counts: z.boolean().default(false),
      }),
    )
    .query(({ ctx, input }) => search(ctx.services, ctx.actor.user.id, input)),
});
