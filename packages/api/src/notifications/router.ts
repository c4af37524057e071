import {
  followStates,
  mailRhythms,
  notificationChannels,
  notificationKinds,
} from "@guildhall/db/lists";
import { z } from "zod";
import { loadWorkspace } from "../core/access.ts";
import { id, ids, instant, timeZone } from "../core/text.ts";
import { authed, mutation, router } from "../core/trpc.ts";
import { readFollow, setFollow } from "./follows.ts";
import { markNotifications } from "./mark.ts";
import { listNotifications, notificationStates } from "./queries.ts";
import { readSettings, setSettings, setTimeZone } from "./settings.ts";

const workspace = z.object({ workspaceId: id });

/** `<when it was made>/<its id>`, of the last one seen. */
const cursor = z.string().refine((text) => {
  const [at = "", last, ...more] = text.split("/");
  return z.iso.datetime().safeParse(at).success && id.safeParse(last).success && more.length === 0;
}, "Enter the cursor that the previous page ended with.");

const setting = z.object({
  kind: z.enum(notificationKinds),
  channel: z.enum(notificationChannels),
  isOn: z.boolean().nullable(),
});

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Enter a time, as in 22:00.");

/** What the person who asks is told; nobody sees what others are. */
export const notificationsRouter = router({
  /** Of one workspace, the newest first; what they may no longer see is not among them, nor counted. */
  list: authed
    .input(
      workspace.extend({
        state: z.enum(notificationStates).default("unread"),
        cursor: cursor.optional(),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .query(async ({ ctx, input }) => {
      const { db } = ctx.services;
      const userId = ctx.actor.user.id;
      await loadWorkspace(db, userId, input.workspaceId, "guest");
      return listNotifications(db, userId, input);
    }),
  mark: mutation
    .input(
      z.object({
        ids: ids(500),
        read: z.boolean().optional(),
        done: z.boolean().optional(),
        snoozedUntil: instant.nullish(),
      }),
    )
    .mutation(({ ctx, input }) => markNotifications(ctx, input)),
  settings: authed
    .input(workspace)
    .query(({ ctx, input }) => readSettings(ctx, ctx.services.db, input.workspaceId)),
  setSettings: mutation
    .input(
      workspace.extend({
        /** What is set holds in this project alone. */
        projectId: id.nullish(),
        settings: z.array(setting).max(100),
        quietHours: z.object({ from: time, to: time }).nullish(),
        mailRhythm: z.enum(mailRhythms).optional(),
        /** Of the day where the person is. */
        digestHour: z.number().int().min(0).max(23).optional(),
        /** The mail server refused the person's address for good: it is tried again. */
        retryMail: z.literal(true).optional(),
      }),
    )
    .mutation(({ ctx, input }) => setSettings(ctx, input)),
  /** Where the person is now, as in `Europe/Berlin`. */
  setTimeZone: mutation
    .input(z.object({ timeZone }))
    .mutation(({ ctx, input }) => setTimeZone(ctx, input.timeZone)),
});

const followed = z.object({ entity: z.enum(["task", "document", "project"]), id });

/** Whether one is told of what happens to a thing. */
export const followsRouter = router({
  get: authed
    .input(followed)
    .query(({ ctx, input }) => readFollow(ctx.services.db, ctx.actor.user.id, input)),
  set: mutation
    .input(followed.extend({ state: z.enum(followStates).nullable() }))
    .mutation(({ ctx, input: { entity, id, state } }) => setFollow(ctx, { entity, id, state })),
});
