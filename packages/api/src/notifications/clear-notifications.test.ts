import { schema } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clearNotifications } from "./clear-notifications.ts";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
});
afterAll(() => api.stop());

const at = ({ user }: TestPerson) => `[@${user.name}](guildhall:user/${user.id})`;

test("what is done goes after some days and the rest in the end; who was named goes on following", async () => {
  const { owner, editor, viewer, workspaceId } = team;
  const { db } = api.services;
  const { id: taskId } = await team.task();
  const titles = async (state: "all" | "done") =>
    (await editor.call.notifications.list({ workspaceId, state })).items.map(({ kind }) => kind);
  const age = (days: number, column: "created_at" | "done_at", kind: string) =>
    db.execute(sql`update ${schema.notifications}
      set ${sql.identifier(column)} = now() - make_interval(days => ${days}::int)
      where kind = ${kind} and user_id = ${editor.user.id}`);
  await owner.call.comments.create({ taskId, body: at(editor) });
  await owner.call.tasks.update({ id: taskId, patch: { assigneeIds: [editor.user.id] } });
  await owner.call.tasks.update({ id: taskId, patch: { assigneeIds: [] } });
  await viewer.call.comments.create({ taskId, body: "Hello" });
  const { items } = await editor.call.notifications.list({ workspaceId });
  const ids = items.flatMap(({ id, kind }) => (kind === "assigned" ? [id] : []));
  await editor.call.notifications.mark({ ids, done: true });

  const kept = { doneDays: 30, days: 365 };
  await age(29, "done_at", "assigned");
  for (const kind of ["commented", "mentioned", "unassigned"]) await age(364, "created_at", kind);
  expect(await clearNotifications(db, kept)).toBe(0);
  expect(await titles("done")).toEqual(["assigned"]);
  await age(31, "done_at", "assigned");
  await age(366, "created_at", "mentioned");
  await age(366, "created_at", "unassigned");
  expect(await clearNotifications(db, kept)).toBe(3);
  expect(await clearNotifications(db, kept)).toBe(0);
  expect(await titles("done")).toEqual([]);
  expect(await titles("all")).toEqual(["commented"]);
  expect(await editor.call.notifications.list({ workspaceId })).toMatchObject({ unread: 1 });
  await owner.call.comments.create({ taskId, body: "Still there?" });
  expect(await titles("all")).toEqual(["commented", "commented"]);
});
