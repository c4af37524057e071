import type { DehydratedState } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { together } from "./cache-store.ts";

type Query = DehydratedState["queries"][number];

const query = (key: readonly unknown[], data: unknown, dataUpdatedAt = 0) =>
  ({
    queryKey: key,
    queryHash: JSON.stringify(key),
    state: { data, dataUpdatedAt, status: "success" },
  }) as unknown as Query;
const cursor = (seq: number, epoch = "e") => query(["cursor", "w"], { seq, epoch });
const copy = (timestamp: number, ...queries: Query[]) => ({
  timestamp,
  buster: "1",
  clientState: { mutations: [], queries },
});
const dataOf = (queries: readonly Query[]) =>
  Object.fromEntries(queries.map(({ queryKey, state }) => [queryKey.join(" "), state.data]));

test("of what several windows have read the newest is taken, and the lowest of their cursors", () => {
  const first = copy(
    2,
    cursor(9),
    query(["board", "a"], "older", 1),
    query(["board", "b"], "b", 1),
  );
  const second = copy(
    1,
    cursor(7),
    query(["board", "a"], "newer", 2),
    query(["tree", "w"], "t", 1),
  );
  expect(dataOf(together([second, first]))).toEqual({
    "cursor w": { seq: 7, epoch: "e" },
    "board a": "newer",
    "board b": "b",
    "tree w": "t",
  });
});

test("a copy from before a backup was restored is left out: its numbers mean nothing any more", () => {
  const now = copy(2, cursor(3, "new"), query(["board", "a"], "now", 1));
  const before = copy(1, cursor(900, "old"), query(["board", "a"], "then", 5));
  expect(dataOf(together([before, now]))).toEqual({
    "cursor w": { seq: 3, epoch: "new" },
    "board a": "now",
  });
});
