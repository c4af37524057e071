import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type WriteContext, write } from "./core/write.ts";
import { readWorkspaceRow } from "./workspaces/queries.ts";

const { workspaces } = schema;

let api: TestApi;
let team: Team;
const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);
beforeAll(async () => {
  process.on("unhandledRejection", note);
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(async () => {
  await api.stop();
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});

const as = (user: { id: string; email: string; name: string }, mutationId?: string) =>
  ({ services: api.services, actor: { user }, path: "test", mutationId }) satisfies WriteContext;

const workspace = async () => {
  const { db } = api.services;
  const [row] = await db.select().from(workspaces).where(eq(workspaces.id, team.workspaceId));
  return row;
};

/** Gives the workspace a name, and records as many changes as it is told to. */
function rename(ctx: WriteContext, name: string, options: { changes: number; in?: string }) {
  return write(ctx, options.in ?? team.workspaceId, async (tx, record) => {
    await tx.update(workspaces).set({ name }).where(eq(workspaces.id, team.workspaceId));
    const row = await readWorkspaceRow(tx, team.workspaceId);
    for (let i = 0; i < options.changes; i++) {
      record({ entity: "workspace", id: team.workspaceId, op: "update", row });
    }
    return { name };
  });
}

test.each([1, 400])("%d changes get the next numbers, in their order", async (changes) => {
  const mutationId = uuidv7();
  const recorded = await team.changesOf(() =>
    rename(as(team.owner.user, mutationId), "Mill", { changes }),
  );
  expect(recorded).toHaveLength(changes);
  expect(recorded.every((change) => change.mutationId === mutationId)).toBe(true);
});

test("when the feed cannot be written nothing is committed, and the caller hears why", async () => {
  const before = await workspace();
  const nobody = { id: uuidv7(), email: "nobody@example.com", name: "Nobody" };
  const refusals = [
    { ctx: as(nobody), changes: 1, state: "23503" },
    { ctx: as(nobody), changes: 400, state: "23503" },
    { ctx: as(team.owner.user, uuidv7()), changes: 1, in: uuidv7(), state: "23502" },
  ];
  // More often than there are connections: also where the statement is prepared already.
  for (const { ctx, state, ...options } of [...refusals, ...refusals, ...refusals, ...refusals]) {
    await expect(rename(ctx, "Lost", options)).rejects.toMatchObject({ code: state });
  }
  expect(await workspace()).toEqual(before);
});

test("a retry whose verb now fails, because of what the first run did, gets the first answer", async () => {
  const ctx = as(team.owner.user, uuidv7());
  let runs = 0;
  const once = () =>
    write(ctx, team.workspaceId, async (tx) => {
      runs++;
      const id = team.project.id;
      await tx.delete(schema.labels).where(eq(schema.labels.projectId, id));
      if (runs > 1) throw new Error("there is nothing left to do");
      return { runs, at: new Date(0) };
    });
  expect([await once(), await once()]).toEqual([
    { runs: 1, at: new Date(0) },
    { runs: 1, at: new Date(0) },
  ]);
  expect(runs).toBe(2);
});

test.each([
  ["53100", "could not extend file: No space left on device"],
  // Of a quota Postgres makes an internal error.
  ["XX000", "could not extend file: Disk quota exceeded"],
])(
  "a disk of Postgres without room is told as that, also as a quota (%s)",
  async (state, words) => {
    const { db } = api.services;
    await db.execute(`create function no_room() returns trigger language plpgsql as
    $$ begin raise exception using errcode = '${state}', message = '${words}'; end $$`);
    await db.execute(`create trigger no_room before insert on projects
    for each row execute function no_room()`);
    const { workspaceId, owner } = team;
    const made = owner.call.projects.create({ workspaceId, name: "Full", key: "FULL" });
    await expect(made).rejects.toEqual(expect.objectContaining({ reason: "disk_full" }));
    await db.execute("drop function no_room cascade");
    await owner.call.projects.create({ workspaceId, name: "Room", key: `R${state.slice(0, 3)}` });
  },
);
