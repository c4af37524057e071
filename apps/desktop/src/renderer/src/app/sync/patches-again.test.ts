/** A stretch of the feed applied over what holds it already: so a read that overlaps with changes ends right. */

import type { Change } from "@guildhall/api/client";
import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import type { Comment } from "@/entities/comments/sync/comment.ts";
import { commentsKey } from "@/entities/comments/sync/comment.ts";
import { boardKey } from "@/entities/tasks/sync/task.ts";
import { change, comment, ME, PROJECT, taskRow, WORKSPACE } from "@/entities/testing-rows.ts";
import { CacheTransaction } from "@/sync/cache-transaction.ts";
import { applyChange } from "@/sync/define-entity.ts";
import { entities } from "./registry.ts";

function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * sides);
  };
}

/** Tasks and comments that come, change, go and come back. */
function history(roll: (sides: number) => number, length: number): Change[] {
  const versions = new Map<string, number>();
  const here = new Set<string>();
  return Array.from({ length }, (_, i) => {
    const isTask = roll(2) === 0;
    const id = `${isTask ? "t" : "c"}${roll(6)}`;
    const version = (versions.get(id) ?? 0) + 1;
    versions.set(id, version);
    const isEnd = here.has(id) && roll(4) === 0;
    const op = isEnd ? "delete" : here.has(id) ? "update" : "insert";
    if (isEnd) here.delete(id);
    else here.add(id);
    const title = `as of ${i + 1}`;
    const row = isTask ? taskRow(id, { version, title }) : comment(id, { body: title });
    const entity = isTask ? "task" : "comment";
    return { ...change({ entity, op, id, row: isEnd ? null : row } as Change), seq: i + 1 };
  });
}

function openPage() {
  const cache = new QueryClient();
  cache.setQueryData(boardKey(PROJECT), { tasks: new Map(), complete: true });
  cache.setQueryData(commentsKey("1"), []);
  return {
    patch(changes: Change[]) {
      const tx = new CacheTransaction(cache);
      for (const each of changes)
        applyChange(entities, tx, each, { workspaceId: WORKSPACE, myId: ME });
      tx.commit();
    },
    shows: () => ({
      tasks: Object.fromEntries(cache.getQueryData(boardKey(PROJECT))?.tasks ?? []),
      comments: cache.getQueryData(commentsKey("1"))?.toSorted(byId),
    }),
  };
}

const byId = (a: Comment, b: Comment) => (a.id < b.id ? -1 : 1);

test.each([1, 2, 3, 4, 5])("the last changes applied again change nothing, seed %i", (seed) => {
  const roll = dice(seed);
  const changes = history(roll, 200);
  const page = openPage();
  const calm = openPage();
  for (let until = 0; until < changes.length; ) {
    const from = until;
    until = Math.min(changes.length, until + 1 + roll(20));
    calm.patch(changes.slice(from, until));
    page.patch(changes.slice(from, until));
    page.patch(changes.slice(roll(until), until));
    expect(page.shows()).toEqual(calm.shows());
  }
});
