/**
 * 20 writers make 2,000 changes in one workspace while 20 subscribers come and go at random, over
 * real sockets. What each has put together from the feed must be what the database holds.
 */
import type { FeedEvent, GuildhallClient, RouterOutputs } from "@guildhall/api/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isChange } from "./oracle/journal.ts";
import { createDice } from "./people/dice.ts";
import {
  readFeed,
  type ServerWithPostgres,
  startServerWithPostgres,
} from "./servers/server-with-postgres.ts";

let server: ServerWithPostgres;
beforeAll(async () => {
  server = await startServerWithPostgres();
});
afterAll(() => server.remove());

const WRITERS = 20;
const CHANGES = 2_000;
const SUBSCRIBERS = 20;

type Row = RouterOutputs["tasks"]["list"]["items"][number];

/** Follows from the beginning, leaves after a random number of changes, and comes back by cursor. */
function follow(client: GuildhallClient, workspaceId: string, seed: number) {
  const { roll } = createDice(seed);
  const seqs: number[] = [];
  const rows = new Map<string, Row>();
  let visits = 0;
  let leave = () => {};
  const problems: unknown[] = [];
  const apply = (event: FeedEvent) => {
    if (!isChange(event)) return;
    seqs.push(event.seq);
    if (event.entity !== "task") return;
    if (event.row === null) rows.delete(event.id);
    else {
      const { description: _, ...row } = event.row;
      rows.set(event.id, row);
    }
  };
  const visit = () => {
    visits++;
    let left = 1 + roll(200);
    let here = true;
    const { unsubscribe } = client.changes.onChange.subscribe(
      { workspaceId, lastEventId: seqs.at(-1) ?? 0 },
      {
        onData: ({ data }: { data: FeedEvent }) => {
          if (!here) return;
          apply(data);
          if (--left > 0) return;
          here = false;
          unsubscribe();
          visit();
        },
        onError: (error) => problems.push(error),
      },
    );
    leave = unsubscribe;
  };
  visit();
  return { seqs, rows, problems, visits: () => visits, leave: () => leave() };
}

async function writeAlot(
  client: GuildhallClient,
  projectId: string,
  statusIds: string[],
  seed: number,
) {
  const { roll } = createDice(seed);
  const mine: string[] = [];
  for (let i = 0; i < CHANGES / WRITERS; i++) {
    const id = mine[roll(mine.length)];
    const kind = roll(10);
    if (id === undefined || kind < 4) {
      mine.push((await client.tasks.create.mutate({ projectId, title: `${seed}.${i}` })).id);
    } else if (kind < 7) await client.tasks.update.mutate({ id, patch: { title: `${seed}.${i}` } });
    else if (kind < 9) {
      const statusId = statusIds[roll(statusIds.length)] ?? "";
      await client.tasks.move.mutate({ id, statusId });
    } else {
      await client.tasks.delete.mutate({ id });
      mine.splice(mine.indexOf(id), 1);
    }
  }
}

test("every subscriber ends with what the database holds, no change missing or twice", async () => {
  const token = await server.register("ada");
  const ada = server.client(token);
  const { id: workspaceId } = await ada.workspaces.create.mutate({ name: "Mill" });
  const project = await ada.projects.create.mutate({ workspaceId, name: "App", key: "APP" });
  const statusIds = project.statuses.map((s) => s.id);
  const followers = Array.from({ length: SUBSCRIBERS }, (_, i) =>
    follow(server.client(token), workspaceId, i + 1),
  );
  await Promise.all(
    Array.from({ length: WRITERS }, (_, i) =>
      writeAlot(server.client(token), project.id, statusIds, i + 1),
    ),
  );

  const feed = (await readFeed(ada, workspaceId)).map((c) => c.seq);
  expect(feed).toEqual(feed.map((_, i) => i + 1));
  expect(feed.length).toBeGreaterThanOrEqual(CHANGES);
  const listed = new Map<string, Row>();
  for (let cursor: number | null = 0; cursor !== null; ) {
    const input = { projectId: project.id, limit: 1_000, cursor };
    const page: RouterOutputs["tasks"]["list"] = await ada.tasks.list.query(input);
    for (const row of page.items) listed.set(row.id, row);
    cursor = page.nextCursor;
  }
  for (const follower of followers) {
    await expect.poll(() => follower.seqs.length).toBe(feed.length);
    follower.leave();
    expect(follower.seqs).toEqual(feed);
    expect(follower.rows).toEqual(listed);
    expect(follower.problems).toEqual([]);
    expect(follower.visits()).toBeGreaterThan(5);
  }
});
