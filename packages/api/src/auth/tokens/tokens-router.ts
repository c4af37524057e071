import { schema } from "@guildhall/db";
import { and, desc, eq, isNull } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { z } from "zod";
import { recordAudit } from "../../audit/record-audit.ts";
import { notFound } from "../../core/errors.ts";
import { id, line } from "../../core/text.ts";
import { personally, personalMutation, router } from "../../core/trpc.ts";
import { write } from "../../core/write.ts";
import { factorMutation, holdSession } from "../confirmation.ts";
import { signToken } from "./tokens.ts";

const { accessTokens } = schema;
const DAY = 24 * 60 * 60 * 1_000;

const seen = {
  id: accessTokens.id,
  name: accessTokens.name,
  scope: accessTokens.scope,
  createdAt: accessTokens.createdAt,
  expiresAt: accessTokens.expiresAt,
  lastUsedAt: accessTokens.lastUsedAt,
};

export const tokensRouter = router({
  list: personally.query(({ ctx }) =>
    ctx.services.db
      .select(seen)
      .from(accessTokens)
      .where(and(eq(accessTokens.userId, ctx.actor.user.id), isNull(accessTokens.revokedAt)))
      .orderBy(desc(accessTokens.createdAt)),
  ),

  /** The token itself is in this answer and nowhere else. */
  create: factorMutation
    .input(
      z.object({
        id: id.optional(),
        name: line(100),
        scope: z.enum(["read", "write"]),
        /** Life in days. */
        days: z.number().int().min(1).max(730),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const row = await write(ctx, null, async (tx) => {
        const createdAt = new Date();
        const values = {
          id: input.id ?? uuidv7(),
          userId: ctx.actor.user.id,
          name: input.name,
          scope: input.scope,
          createdAt,
          expiresAt: new Date(createdAt.getTime() + input.days * DAY),
        };
        await holdSession(tx, ctx);
        await tx.insert(accessTokens).values(values);
        const { id, name, scope, expiresAt } = values;
        await recordAudit(tx, ctx, {
          action: "token.created",
          subject: { id, name },
          after: { scope, expiresAt },
        });
        return values;
      });
      const { userId: _, ...shown } = row;
      return { ...shown, lastUsedAt: null, token: await signToken(ctx.services.config, row) };
    }),

  revoke: personalMutation.input(z.object({ id })).mutation(async ({ ctx, input }) => {
    const answer = await write(ctx, null, async (tx) => {
      const [gone] = await tx
        .update(accessTokens)
        .set({ revokedAt: new Date() })
        .where(and(eq(accessTokens.id, input.id), eq(accessTokens.userId, ctx.actor.user.id)))
        .returning({ id: accessTokens.id, name: accessTokens.name });
      if (!gone) throw notFound("access token");
      await recordAudit(tx, ctx, { action: "token.revoked", subject: gone });
      return { id: gone.id };
    });
    ctx.services.signals.notifyUser(ctx.actor.user.id);
    return answer;
  }),
});
