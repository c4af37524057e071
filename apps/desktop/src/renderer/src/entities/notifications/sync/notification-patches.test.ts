import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, test } from "vitest";
import { CacheTransaction } from "@/sync/cache-transaction.ts";
import { inboxKey, type Notification, type NotificationList, PAGE } from "./notification.ts";
import { putNotification } from "./notification-patches.ts";

const WORKSPACE = "w";
const START = Date.UTC(2026, 10, 30);

const notification = (n: number, more: Partial<Notification> = {}) =>
  ({
    ...{ id: `n${n}`, workspaceId: WORKSPACE, at: new Date(START + n * 1_000) },
    ...{ readAt: null, doneAt: null, snoozedUntil: null },
    ...more,
  }) as Notification;

let cache: QueryClient;
const key = inboxKey(WORKSPACE, "unread");
/** The newest page of so many unread ones. */
function fill(unread: number) {
  const items = Array.from({ length: Math.min(unread, PAGE) }, (_, i) => notification(unread - i));
  const last = items.at(-1);
  const nextCursor = unread > PAGE && last ? `${last.at.toISOString()}/${last.id}` : null;
  cache.setQueryData(key, { items, unread, wakesAt: null, nextCursor } as NotificationList);
}
beforeEach(() => {
  cache = new QueryClient();
});

function put(...rows: Notification[]) {
  const tx = new CacheTransaction(cache);
  for (const row of rows) putNotification(tx, row);
  tx.commit();
}
const list = () => cache.getQueryData(key);
const isAskedAgain = () => cache.getQueryState(key)?.isInvalidated;
const read = { readAt: new Date(START) };

test("what is read on another device is counted no more", () => {
  fill(3);
  put(notification(2, read), notification(4));
  expect(list()).toMatchObject({ unread: 3, items: [{ id: "n4" }, { id: "n3" }, { id: "n1" }] });
  expect(isAskedAgain()).toBe(false);
});

test("of what is older than the page that was read, the server is asked how many are left", () => {
  fill(PAGE + 100);
  put(notification(PAGE + 100, read));
  expect(list()?.unread).toBe(PAGE + 99);
  expect(isAskedAgain()).toBe(false);
  put(notification(50, read));
  expect(isAskedAgain()).toBe(true);
});

test("when little is left of a page, those behind it are asked for", () => {
  fill(PAGE + 100);
  const seen = (n: number) => notification(PAGE + 100 - n, read);
  put(...Array.from({ length: PAGE / 2 }, (_, n) => seen(n)));
  expect(isAskedAgain()).toBe(false);
  put(seen(PAGE / 2));
  expect(isAskedAgain()).toBe(true);
  expect(list()?.unread).toBe(PAGE / 2 + 99);
});
