/** The browsers on which a person is told. */
import { schema } from "@guildhall/db";
import { and, eq, ne, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import type { MutationContext } from "../../core/context.ts";
import { refused } from "../../core/errors.ts";
import { mayPostTo } from "../../core/outgoing/post-outside.ts";
import { write } from "../../core/write.ts";

const { pushSubscriptions } = schema;

/** The newest of a person; older ones end. */
const MOST = 20;

export type NewSubscription = { endpoint: string; p256dh: string; auth: string };

/** This browser, for as long as this session; of whoever had it before it is no more. */
export function subscribe(ctx: MutationContext, subscription: NewSubscription) {
  const { actor, services } = ctx;
  const { endpoint } = subscription;
  if (!services.config.pushesInside && !mayPostTo(endpoint)) {
    throw refused("bad_address", "That is no address of a push service.");
  }
  const userId = actor.user.id;
  const set = { ...subscription, userId, sessionId: actor.credential.id };
  return write(ctx, null, async (tx) => {
    // With what is still on its way to them there.
    await tx
      .delete(pushSubscriptions)
      .where(and(eq(pushSubscriptions.endpoint, endpoint), ne(pushSubscriptions.userId, userId)));
    await tx
      .insert(pushSubscriptions)
      .values({ id: uuidv7(), ...set })
      .onConflictDoUpdate({ target: pushSubscriptions.endpoint, set });
    await tx.execute(sql`
      delete from ${pushSubscriptions} where id in (
        select id from ${pushSubscriptions} where user_id = ${userId}
        order by created_at desc, id desc offset ${MOST}::int)`);
    return {};
  });
}

/** One's own; of another's nothing is said. */
export function unsubscribe(ctx: MutationContext, { endpoint }: { endpoint: string }) {
  return write(ctx, null, async (tx) => {
    await tx
      .delete(pushSubscriptions)
      .where(
        and(
          eq(pushSubscriptions.endpoint, endpoint),
          eq(pushSubscriptions.userId, ctx.actor.user.id),
        ),
      );
    return {};
  });
}
