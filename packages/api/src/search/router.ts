import { schema } from "@guildhall/db";
import { z } from "zod";
import { id, instant } from "../core/text.ts";
import { authed, router } from "../core/trpc.ts";
import { countFound, search } from "./search.ts";

/** More than anybody types; of what is pasted the beginning is looked for. */
const LONGEST = 200;

const asked = z.object({
  workspaceId: id,
  text: z
    .string()
    .max(10_000)
    .transform((text) => text.slice(0, LONGEST))
    .default(""),
  kinds: z.array(z.enum(schema.searchKinds)).min(1).max(schema.searchKinds.length).optional(),
  projectId: id.optional(),
  /** Wrote it, or has it to do. */
  personId: id.optional(),
  states: z.array(z.enum(schema.searchStates)).min(1).max(4).optional(),
  /** Changed at this moment or later. */
  from: instant.optional(),
  /** Changed before this moment. */
  to: instant.optional(),
});

export const searchRouter = router({
  /**
   * Everything that fits, as far as the caller may see it: what has the words in its title first, then
   * what has them in its text, then, when that is little, what nearly does; the newest first among
   * equals. Without a text, what was changed last. `nextCursor` asks for more of the same question.
   */
  find: authed
    .input(
      asked.extend({
        limit: z.number().int().min(1).max(50).default(20),
        cursor: z.string().max(300).optional(),
      }),
    )
    .query(({ ctx, input }) => search(ctx.services, ctx.actor.user.id, input)),

  /** How many of each kind have the words as they stand, whichever kinds are asked for. */
  count: authed
    .input(asked)
    .query(({ ctx, input }) => countFound(ctx.services, ctx.actor.user.id, { ...input, limit: 1 })),
});
