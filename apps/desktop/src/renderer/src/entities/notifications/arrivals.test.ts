import { expect, test } from "vitest";
import { Arrivals } from "./arrivals.ts";
import type { Notification } from "./sync/notification.ts";

const notification = (n: number) =>
  ({ id: `n${n}`, at: new Date(Date.UTC(2026, 10, 30) + n * 60_000) }) as Notification;
const list = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => notification(to - i));
const ids = (some: Notification[]) => some.map(({ id }) => id);

test("what comes while the page is open is news, once, and nothing of the first list", () => {
  const arrivals = new Arrivals();
  expect(ids(arrivals.next(list(1, 3)))).toEqual([]);
  expect(ids(arrivals.next(list(1, 5)))).toEqual(["n5", "n4"]);
  expect(ids(arrivals.next(list(2, 5)))).toEqual([]);
  expect(ids(arrivals.next(list(1, 6)))).toEqual(["n6"]);
});

test("older ones that move up into a list that was full are no news, nor one that is unread again", () => {
  const arrivals = new Arrivals();
  arrivals.next(list(101, 300));
  expect(ids(arrivals.next(list(51, 250)))).toEqual([]);
  expect(ids(arrivals.next([notification(301), ...list(20, 200)]))).toEqual(["n301"]);
});

test("the first of all is news, and one that was made a moment before what is known", () => {
  const arrivals = new Arrivals();
  arrivals.next([]);
  expect(ids(arrivals.next([notification(2)]))).toEqual(["n2"]);
  const earlier = {
    ...notification(2),
    id: "earlier",
    at: new Date(notification(2).at.getTime() - 900),
  };
  expect(ids(arrivals.next([notification(2), earlier]))).toEqual(["earlier"]);
});
