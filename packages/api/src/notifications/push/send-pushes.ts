/**
 * Tells people on their devices what they have not read in the app.
 *
 * As with mail, what waits is a mark in the notification's row, made in the transaction of its cause, and
 * a message takes what waits for one person in one workspace, in one transaction. What it says is read when
 * it is sent, as its person may see it then. Each of their browsers gets it by itself: one that is out of
 * reach is tried again, one that is gone is forgotten, and neither holds up the others.
 */
import { schema } from "@guildhall/db";
import { and, eq, inArray, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import webPush from "web-push";
import type { Services } from "../../core/context.ts";
import type { JobKind } from "../../core/jobs.ts";
import { AddressInside, postOutside } from "../../core/outgoing/post-outside.ts";
import { retryDelay } from "../../core/retry-delay.ts";
import { shownName } from "../../core/visibility/shown-name.ts";
import { readTold } from "../queries.ts";
import { instant, isQuiet, joinClock } from "../quiet-hours.ts";
import { type PushPayload, renderPush } from "./render-push.ts";
import { vapidOf } from "./vapid.ts";

const {
  notifications,
  pushDeliveries,
  pushMessages,
  pushSubscriptions,
  sessions,
  users,
  workspaces,
} = schema;

export const PUSHES = "pushes";

/** Whoever has the thing before them reads it meanwhile; and what comes close together is one message. */
export const GATHER_MS = 5_000;
/** While a push service is away. What is older is no news any more. */
const WAITS = { firstMs: 10_000, lastMs: 60 * 60_000 };
const OLDEST_MS = 24 * 60 * 60_000;
const ANSWER_MS = 10_000;

const due = (at: Date) => sql`from (
    select user_id, workspace_id, min(created_at) as since from ${notifications}
    where push_waits and (snoozed_until is null or snoozed_until <= ${instant(at)})
    group by user_id, workspace_id
  ) w ${joinClock(at)}
  where not ${isQuiet} and w.since <= ${instant(new Date(at.getTime() - GATHER_MS))}`;

/** Whom there is something to send to, now. */
export async function peopleToPush({ db }: Services, at = new Date()): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select w.user_id as id ${due(at)}
    union select m.user_id from ${pushDeliveries} d join ${pushMessages} m on m.id = d.message_id
    where d.next_try_at <= ${instant(at)}`);
  return rows.map(({ id }) => id);
}

/** Everything that there is to tell one person on their devices now. */
export async function pushPerson(services: Services, userId: string, at = new Date()) {
  await makeMessages(services, userId, at);
  const { db } = services;
  const deliveries = await db
    .select({ message: pushMessages, delivery: pushDeliveries, to: pushSubscriptions })
    .from(pushDeliveries)
    .innerJoin(pushMessages, eq(pushMessages.id, pushDeliveries.messageId))
    .innerJoin(pushSubscriptions, eq(pushSubscriptions.id, pushDeliveries.subscriptionId))
    .where(
      and(eq(pushMessages.userId, userId), sql`${pushDeliveries.nextTryAt} <= ${instant(at)}`),
    );
  const payloads = new Map<string, PushPayload | null>();
  for (const { message } of deliveries) {
    if (!payloads.has(message.id))
      payloads.set(message.id, await readPayload(services, message, at));
  }
  await Promise.all(
    deliveries.map((each) => deliver(services, each, payloads.get(each.message.id) ?? null, at)),
  );
  await db.execute(sql`
    delete from ${pushMessages} m where m.user_id = ${userId}
      and not exists (select from ${pushDeliveries} d where d.message_id = m.id)`);
}

/** Of what waits for them, one in each workspace, to each of their browsers. */
function makeMessages({ db }: Services, userId: string, at: Date) {
  return db.transaction(async (tx) => {
    // Held, so that nobody makes another one meanwhile.
    await tx.execute(sql`select from ${users} where id = ${userId} for no key update`);
    const found = await tx.execute<{ workspaceId: string }>(sql`
      select w.workspace_id as "workspaceId" ${due(at)} and w.user_id = ${userId}`);
    for (const { workspaceId } of found) {
      const id = uuidv7();
      await tx.insert(pushMessages).values({ id, userId, workspaceId, createdAt: at });
      await tx.execute(sql`
        insert into ${pushDeliveries} (message_id, subscription_id, next_try_at)
        select ${id}::uuid, s.id, ${instant(at)} from ${pushSubscriptions} s
        join ${sessions} on ${sessions.id} = s.session_id
        where s.user_id = ${userId} and ${sessions.expiresAt} > now()`);
      await tx
        .update(notifications)
        .set({ pushWaits: false, pushId: id })
        .where(
          sql`user_id = ${userId} and workspace_id = ${workspaceId} and push_waits
            and (snoozed_until is null or snoozed_until <= ${instant(at)})`,
        );
    }
  });
}

type Message = typeof pushMessages.$inferSelect;

/** Null: there is nothing (any more) that they may be told. */
async function readPayload({ db }: Services, { id, workspaceId }: Message, at: Date) {
  const rows = await readTold(db, { pushId: id }, at);
  if (rows.length === 0) return null;
  const actorIds = rows.flatMap(({ actorId }) => (actorId ? [actorId] : []));
  const [people, [workspace]] = await Promise.all([
    db.select({ id: users.id, name: shownName }).from(users).where(inArray(users.id, actorIds)),
    db
      .select({ id: workspaces.id, name: workspaces.name })
      .from(workspaces)
      .where(eq(workspaces.id, workspaceId)),
  ]);
  const names = new Map(people.map((person) => [person.id, person.name]));
  const items = rows.map((row) => ({ ...row, actorName: names.get(row.actorId ?? "") ?? null }));
  return workspace ? renderPush(items, workspace) : null;
}

type Delivery = {
  message: Message;
  delivery: typeof pushDeliveries.$inferSelect;
  to: typeof pushSubscriptions.$inferSelect;
};

async function deliver(
  services: Services,
  { message, delivery, to }: Delivery,
  payload: PushPayload | null,
  at: Date,
) {
  const { db, config } = services;
  const itself = and(
    eq(pushDeliveries.messageId, delivery.messageId),
    eq(pushDeliveries.subscriptionId, delivery.subscriptionId),
  );
  const isOld = at.getTime() - message.createdAt.getTime() > OLDEST_MS;
  const outcome = payload && !isOld ? await send(services, { message, to, payload }) : "taken";
  if (outcome === "gone") {
    await db.delete(pushSubscriptions).where(eq(pushSubscriptions.id, to.id));
  } else if (outcome === "later") {
    const nextTryAt = new Date(at.getTime() + retryDelay(delivery.failures, WAITS));
    await db
      .update(pushDeliveries)
      .set({ failures: delivery.failures + 1, nextTryAt })
      .where(itself);
  } else {
    await db.delete(pushDeliveries).where(itself);
    if (outcome === "refused") {
      config.log.warn(
        { service: new URL(to.endpoint).origin },
        "A push service refuses a message.",
      );
    }
  }
}

type Sent = { message: Message; to: Delivery["to"]; payload: PushPayload };

/** Gone: the browser has ended the subscription, or it was never one that may be sent to. */
async function send({ config }: Services, { message, to, payload }: Sent) {
  const { endpoint, p256dh, auth } = to;
  const { headers, body } = webPush.generateRequestDetails(
    { endpoint, keys: { p256dh, auth } },
    JSON.stringify(payload),
    {
      vapidDetails: vapidOf(config),
      contentEncoding: webPush.supportedContentEncodings.AES_128_GCM,
      TTL: OLDEST_MS / 1_000,
      urgency: "normal",
      // Sent again after an unclear answer it takes its own place.
      topic: message.id.replaceAll("-", ""),
    },
  );
  try {
    const { status } = await postOutside(endpoint, {
      headers: headers as Record<string, string | number>,
      body: body ?? Buffer.alloc(0),
      timeoutMs: ANSWER_MS,
      inside: config.pushesInside ?? false,
    });
    if (status >= 200 && status < 300) return "taken";
    if (status === 404 || status === 410) return "gone";
    return status === 429 || status >= 500 ? "later" : "refused";
  } catch (error) {
    return error instanceof AddressInside ? "gone" : "later";
  }
}

/** Looks for what there is to send once it has been gathered, however much is written meanwhile. */
export function createPushDebounce(look: () => void) {
  let timer: NodeJS.Timeout | undefined;
  return {
    wake() {
      timer ??= setTimeout(() => {
        timer = undefined;
        look();
      }, GATHER_MS + 200).unref();
    },
    stop: () => clearTimeout(timer),
  };
}

export const pushJobs = (services: Services): JobKind => ({
  queue: PUSHES,
  pollSeconds: 1,
  batch: 8,
  expireInSeconds: 300,
  // What failed is noted with its delivery, and found again when it is time.
  retryLimit: 0,
  run: (userId) => pushPerson(services, userId),
  async runTogether(userIds) {
    await Promise.all(userIds.map((userId) => pushPerson(services, userId)));
  },
  unfinished: () => peopleToPush(services),
});
