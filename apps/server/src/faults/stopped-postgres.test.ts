import { randomUUID } from "node:crypto";
import type { FeedEvent } from "@guildhall/api/client";
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

test("Postgres dies in the middle of transactions: the server says so, lives, and goes on with nothing lost or twice", async () => {
  const token = await server.register("ada");
  const ada = server.client(token);
  const { id: workspaceId } = await ada.workspaces.create.mutate({ name: "Mill" });
  const project = await ada.projects.create.mutate({ workspaceId, name: "App", key: "APP" });
  const seen: number[] = [];
  const subscribed = Promise.withResolvers<void>();
  const following = ada.changes.onChange.subscribe(
    { workspaceId },
    {
      onData: ({ data }: { data: FeedEvent }) => void seen.push(data.seq),
      onStarted: () => subscribed.resolve(),
      onError: (error) => subscribed.reject(error),
    },
  );
  await subscribed.promise;
  const pid = server.program().child.pid;

  const refusals = new Map<string, string>();
  const made = new Set<string>();
  const some = Promise.withResolvers<void>();
  let stop = false;
  /** Creates one after the other until told to stop; each of them until it is answered. */
  const worker = async () => {
    while (!stop) {
      const input = { id: randomUUID(), mutationId: randomUUID(), projectId: project.id };
      const create = () => ada.tasks.create.mutate({ ...input, title: "A task" });
      const task = await untilAnswered(create, (error) => {
        const reason = reasonOf(error) ?? "no answer";
        refusals.set(reason, error instanceof Error ? error.message : "");
        return reason !== "database_unavailable";
      });
      made.add(task.id);
      if (made.size === 40) some.resolve();
    }
  };
  const workers = Array.from({ length: 12 }, worker);
  await Promise.race([some.promise, Promise.all(workers)]);
  await server.postgres.stop("immediate");
  await expect
    .poll(() => refusals.get("database_unavailable"), { timeout: 10_000 })
    .toMatch(/^The database is unavailable, nothing was saved/);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503);

  await server.postgres.start();
  const back = Date.now();
  await untilAnswered(
    () => ada.workspaces.list.query(),
    () => false,
  );
  expect(Date.now() - back).toBeLessThan(10_000);
  stop = true;
  await Promise.all(workers);
  await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status).toBe(200);
  expect(server.program().child.exitCode).toBeNull();
  expect(server.program().child.pid).toBe(pid);
  expect([...refusals.keys()]).toEqual(["database_unavailable"]);

  const { items } = await ada.tasks.list.query({ projectId: project.id, limit: 1_000 });
  expect(items.map((t) => t.id).sort()).toEqual([...made].sort());
  const feed = await readFeed(ada, workspaceId);
  expect(feed.map((c) => c.seq)).toEqual(feed.map((_, i) => i + 1));
  // The subscription that was open all along saw every task, in order, each once.
  const ofTasks = feed.filter((c) => c.entity === "task").map((c) => c.seq);
  await expect.poll(() => seen.length, { timeout: 15_000 }).toBe(ofTasks.length);
  expect(seen).toEqual(ofTasks);
  following.unsubscribe();
});
