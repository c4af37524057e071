import { randomUUID } from "node:crypto";
import type { GuildhallClient } from "@guildhall/api/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  readFeed,
  reasonOf,
  type ServerWithPostgres,
  startServerWithPostgres,
  untilAnswered,
} from "./server-with-postgres.ts";

let server: ServerWithPostgres;
beforeAll(async () => {
  server = await startServerWithPostgres();
});
afterAll(() => server.remove());

const CLIENTS = 10;
const CREATES = 200;

test("kill -9 in the middle of 200 creates: every acknowledged task is there once, the feed has no gap", async () => {
  const token = await server.register("ada");
  const ada = server.client(token);
  const workspace = await ada.workspaces.create.mutate({ name: "Mill" });
  const workspaceId = workspace.id;
  const project = await ada.projects.create.mutate({ workspaceId, name: "App", key: "APP" });

  const acknowledged = new Map<string, string>();
  let unanswered = 0;
  const halfway = Promise.withResolvers<void>();
  const create = async (client: GuildhallClient, title: string) => {
    const input = { id: randomUUID(), mutationId: randomUUID(), projectId: project.id, title };
    const task = await untilAnswered(
      () =>
        client.tasks.create.mutate(input).catch((error) => {
          unanswered++;
          throw error;
        }),
      (error) => reasonOf(error) !== null && reasonOf(error) !== "database_unavailable",
    );
    acknowledged.set(task.id, task.key);
    if (acknowledged.size === CREATES / 2) halfway.resolve();
  };
  const work = Array.from({ length: CLIENTS }, async (_, c) => {
    const client = server.client(token);
    // Twenty at once each: what is under way when the server dies is in every state there is.
    await Promise.all(
      Array.from({ length: CREATES / CLIENTS }, (_, i) => create(client, `${c}.${i}`)),
    );
  });
  await halfway.promise;
  await server.kill();
  await server.start();
  await Promise.all(work);

  expect(unanswered).toBeGreaterThan(0);
  const { items } = await ada.tasks.list.query({ projectId: project.id, limit: 1_000 });
  expect(new Map(items.map((t) => [t.id, t.key]))).toEqual(acknowledged);
  expect(items.map((t) => t.number)).toEqual(Array.from({ length: CREATES }, (_, i) => i + 1));
  expect(new Set(items.map((t) => t.title)).size).toBe(CREATES);

  const feed = await readFeed(ada, workspaceId);
  expect(feed.map((c) => c.seq)).toEqual(feed.map((_, i) => i + 1));
  const inserts = feed.filter((c) => c.entity === "task" && c.op === "insert").map((c) => c.id);
  expect(inserts.sort()).toEqual([...acknowledged.keys()].sort());
});
