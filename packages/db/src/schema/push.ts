import { index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant } from "./columns.ts";
import { sessions, users } from "./users.ts";
import { workspaces } from "./workspaces.ts";

/** A browser that its person is told on; it ends with the session in which they said so. */
export const pushSubscriptions = pgTable(
  "push_subscriptions",
  {
    id: uuid().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    sessionId: text()
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    /** Where its push service takes messages for it. */
    endpoint: text().notNull().unique("push_subscriptions_endpoint"),
    /** The browser's public key and secret, in base64url: only it can read what is sent. */
    p256dh: text().notNull(),
    auth: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index("push_subscriptions_user").on(t.userId, t.createdAt),
    index("push_subscriptions_session").on(t.sessionId),
  ],
);

/** A message to one person of what they are told in one workspace; which of it, its notifications say. */
export const pushMessages = pgTable(
  "push_messages",
  {
    id: uuid().primaryKey(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    workspaceId: uuid()
      .notNull()
      .references(() => workspaces.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [
    index("push_messages_user").on(t.userId),
    index("push_messages_workspace").on(t.workspaceId),
  ],
);

/** A message that has yet to go to one of its person's browsers; gone once it was taken. */
export const pushDeliveries = pgTable(
  "push_deliveries",
  {
    messageId: uuid()
      .notNull()
      .references(() => pushMessages.id, { onDelete: "cascade" }),
    subscriptionId: uuid()
      .notNull()
      .references(() => pushSubscriptions.id, { onDelete: "cascade" }),
    /** How often it was tried in vain, and when it is tried next. */
    failures: integer().notNull().default(0),
    nextTryAt: instant().notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.messageId, t.subscriptionId] }),
    index("push_deliveries_subscription").on(t.subscriptionId),
    index("push_deliveries_next").on(t.nextTryAt),
  ],
);
