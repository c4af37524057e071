/**
 * What a change of a group of 500 costs that has a role in 50 private projects; and how soon somebody who
 * is taken out of it loses what they have open through it, over two workers: `npm run bench -- groups`
 *
 * The server, its Postgres, Redis and the clients share this machine.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient, type GuildhallClient } from "@guildhall/api/client";
import { schema } from "@guildhall/db";
import { startEmbeddedPostgres } from "@guildhall/db/embedded";
import { migrate } from "@guildhall/db/migrate";
import { startTestRedis } from "@guildhall/testing/redis";
import { asc, eq } from "drizzle-orm";
import { seedMembers } from "./fan-out/members.ts";
import { machine, share, startMeasured } from "./measured-program.ts";
import { tell } from "./verdicts.ts";
import { withServices } from "./with-services.ts";

const MEMBERS = Number(process.env.MEMBERS ?? 500);
const PROJECTS = Number(process.env.PROJECTS ?? 50);
const ROUNDS = Number(process.env.ROUNDS ?? 10);
const FROZEN_ROUNDS = Number(process.env.FROZEN_ROUNDS ?? 6);

const folder = mkdtempSync(path.join(tmpdir(), "guildhall-bench-"));
console.log(`A group of ${MEMBERS} in ${PROJECTS} private projects.`);
console.log(machine());
const postgres = await startEmbeddedPostgres({ dataFolder: folder, log: () => {} });
await migrate(postgres.url);
const redis = await startTestRedis();

/** The first of them owns the workspace. */
const { workspaceId, tokens, userIds } = await withServices(postgres.url, async (services) => {
  const { db } = services;
  const { members } = schema;
  const seeded = await seedMembers(services, MEMBERS + 1);
  const rows = await db
    .select({ userId: members.userId })
    .from(members)
    .where(eq(members.workspaceId, seeded.workspaceId))
    .orderBy(asc(members.userId));
  const [owner, ...others] = rows.map(({ userId }) => userId);
  if (!owner) throw new Error("There is one.");
  await db
    .update(members)
    .set({ role: "owner", personalRole: "owner" })
    .where(eq(members.userId, owner));
  return { ...seeded, userIds: others };
});
const server = await startMeasured("apps/server/dist/main.js", {
  DATABASE_URL: postgres.url,
  REDIS_URL: redis.url,
  GUILDHALL_DATA: folder,
  WORKERS: "2",
});
const { url } = server;

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

/** Both of somebody's pages follow a text, one through each worker as connections come: when both ended. */
async function openBoth(token: string, documentId: string) {
  const pages = [createClient({ url, token }), createClient({ url, token })];
  const follow = (page: GuildhallClient) => {
    const ended = Promise.withResolvers<number>();
    const live = Promise.withResolvers<void>();
    page.documents.onUpdate.subscribe(
      { documentId },
      {
        onData: ({ data }) => data.kind === "live" && live.resolve(),
        onError: () => ended.resolve(performance.now()),
      },
    );
    return { ended: ended.promise, live: live.promise };
  };
  const followed = pages.map(follow);
  await Promise.all(followed.map(({ live }) => live));
  return {
    ended: async () => Math.max(...(await Promise.all(followed.map(({ ended }) => ended)))),
    close: () => Promise.all(pages.map((page) => page.close())),
  };
}

const took: Record<string, number[]> = {};
const owner = createClient({ url, token: tokens[0] ?? "" });
try {
  const named = { workspaceId, name: "Everybody" };
  const measure = async (what: string, act: () => Promise<unknown>) => {
    took[what] = [...(took[what] ?? []), await timed(act)];
  };
  const { id } = await owner.groups.create.mutate(named);
  for (let n = 0; n < PROJECTS; n++) {
    const project = { workspaceId, name: `Project ${n}`, key: `PR${n}` };
    const made = await owner.projects.create.mutate({ ...project, visibility: "private" });
    await owner.projects.setGroup.mutate({ projectId: made.id, groupId: id, role: "editor" });
  }
  const { id: documentId } = await owner.documents.create.mutate({ workspaceId, title: "Plan" });
  await owner.documents.setVisibility.mutate({ id: documentId, visibility: "private" });
  await owner.documents.setGroup.mutate({ id: documentId, groupId: id, role: "viewer" });
  await measure("all are added at once", () => owner.groups.addMembers.mutate({ id, userIds }));

  const live: number[] = [];
  const frozen: number[] = [];
  for (let round = 0; round < ROUNDS + FROZEN_ROUNDS; round++) {
    const person = { id, userIds: [userIds[round] ?? ""] };
    const open = await openBoth(tokens[round + 1] ?? "", documentId);
    if (round >= ROUNDS) redis.freeze();
    const began = performance.now();
    const ended = open.ended();
    await measure("one is removed", () => owner.groups.removeMembers.mutate(person));
    (round < ROUNDS ? live : frozen).push((await ended) - began);
    redis.thaw();
    await open.close();
    if (round < ROUNDS) await measure("one is added", () => owner.groups.addMembers.mutate(person));
  }
  const roles = ["viewer", "editor", null] as const;
  for (const role of roles) {
    await measure("its role in the workspace", () =>
      owner.groups.update.mutate({ id, patch: { role } }),
    );
  }
  await measure("it is deleted", () => owner.groups.delete.mutate({ id }));
  const row = (ms: number[]) => ({
    times: ms.length,
    "p50, ms": share(ms, 0.5).toFixed(0),
    "longest, ms": Math.max(...ms).toFixed(0),
  });
  console.table({ "open text ends": row(live), "while Redis is frozen": row(frozen) });
  const one = `one leaves a group of ${MEMBERS} in ${PROJECTS} projects, most`;
  tell(one, Math.max(...(took["one is removed"] ?? [])), { most: 500 }, " ms");
  tell("what they have open through it ends, longest", Math.max(...live), { most: 1_000 }, " ms");
  tell("the same while Redis is frozen, longest", Math.max(...frozen), { most: 5_000 }, " ms");
} finally {
  console.table(
    Object.entries(took).map(([what, ms]) => ({
      what,
      times: ms.length,
      "p50, ms": share(ms, 0.5).toFixed(0),
      "most, ms": Math.max(...ms).toFixed(0),
    })),
  );
  redis.thaw();
  await owner.close();
  await server.stop();
  await redis.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
