import { schema } from "@guildhall/db";
import { PASSWORD, startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { eq, sql } from "drizzle-orm";
import { generateSync } from "otplib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eraseWorkspace } from "../../erasure/erase-workspace.ts";
import { setPicture } from "../../pictures/set-picture.ts";
import { makeSignUpToken } from "../sign-up/sign-up-by-mail.ts";
import { accountsToErase, eraseAccount } from "./erase-account.ts";

const { notifications, users, workspaces } = schema;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const shiftClosing = (userId: string, days: number) =>
  api.services.db
    .update(users)
    .set({ closedAt: sql`now() - make_interval(days => ${days})` })
    .where(eq(users.id, userId));

/** In how many rows of each table this text stands, whatever the column. */
async function rowsWith(text: string) {
  const tables = await api.services.db.execute<{ name: string }>(
    sql`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const found: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await api.services.db.execute<{ n: number }>(
      sql`select count(*)::int as n from ${sql.identifier(name)} t where t::text like ${`%${text}%`}`,
    );
    if (row?.n) found[name] = row.n;
  }
  return found;
}

/** Somebody who has a bit of everything, beside others. */
async function settle(name: string) {
  const team = await makeTeam(api);
  const person = await api.person(name);
  const { workspaceId, owner, project } = team;
  await api.join(workspaceId, person.user.id, "editor");
  const userId = person.user.id;
  await owner.call.projects.setMember({ projectId: project.id, userId, role: "owner" });
  const { id: groupId } = await owner.call.groups.create({ workspaceId, name: "Designers" });
  await owner.call.groups.addMembers({ id: groupId, userIds: [userId] });
  const { id: garden } = await person.call.workspaces.create({ name: "Garden" });
  await person.call.projects.create({ workspaceId: garden, name: "Beds", key: "BED" });
  const task = await person.call.tasks.create({ projectId: project.id, title: "Their work" });
  await person.call.tasks.update({ id: task.id, patch: { assigneeIds: [userId] } });
  await person.call.comments.create({ taskId: task.id, body: "Their words" });
  await owner.call.comments.create({ taskId: task.id, body: "An answer" });
  await person.call.follows.set({ entity: "task", id: task.id, state: "follow" });
  await person.call.tokens.create({ name: "Script", scope: "read", days: 1 });
  await person.upload(workspaceId, new File(["a,b"], "a.csv"));
  const ctx = { services: api.services, actor: { user: person.user }, path: "pictures.set" };
  const of = { kind: "person", id: userId } as const;
  await setPicture(ctx as never, of, new Uint8Array([1, 2, 3]));
  const { secret, ticket } = await person.call.factors.beginApp({});
  await person.call.factors.confirmApp({ ticket, code: generateSync({ secret }) });
  return { ...team, person, userId, task, groupId };
}

async function stored() {
  const keys: string[] = [];
  for await (const { key } of api.services.files.list()) keys.push(key);
  return keys;
}

/** As if the server died behind each thing that it did. */
async function eraseDying(userId: string) {
  const steps = new Set<string>();
  for (let isOver = false; !isOver; ) {
    isOver = true;
    for await (const step of eraseAccount(api.services, userId)) {
      steps.add(step);
      isOver = false;
      break;
    }
  }
  return steps;
}

test("when its days are over all that is theirs goes, however often the server dies, and their work stays", async () => {
  const { person, userId, owner, viewer, workspaceId, task, groupId } = await settle("Zenobia");
  const { email } = person.user;
  const [before] = await api.services.db.select().from(users).where(eq(users.id, userId));
  expect(await stored()).toContain(before?.pictureKey);
  await person.call.auth.closeAccount({ email, keepsName: false });
  await shiftClosing(userId, 13);
  expect(await accountsToErase(api.services.db)).toEqual([]);
  expect(await eraseDying(userId)).toEqual(new Set());
  await shiftClosing(userId, 15);
  expect(await accountsToErase(api.services.db)).toEqual([userId]);
  const steps = await eraseDying(userId);
  expect([...steps]).toEqual(
    expect.arrayContaining([
      ...["picture", "workspaces", "uploads", "access_tokens", "authenticator_apps", "sessions"],
      ...["notifications", "follows", "feeds", "names", "account"],
    ]),
  );
  expect(await accountsToErase(api.services.db)).toEqual([]);
  expect(await stored()).not.toContain(before?.pictureKey);
  expect(Object.keys(await rowsWith(email))).toEqual([]);

  const { members } = await viewer.call.workspaces.open({ workspaceId });
  expect(members.find((each) => each.userId === userId)).toMatchObject({
    ...{ name: "Former member", isClosed: true, role: "guest", pictureKey: null },
  });
  expect(await owner.call.tasks.get({ id: task.id })).toMatchObject({
    ...{ title: "Their work", createdBy: userId, assigneeIds: [userId] },
  });
  const groups = await owner.call.groups.list({ workspaceId });
  expect(groups.find(({ id }) => id === groupId)).toMatchObject({ members: [] });
  const told = eq(notifications.userId, userId);
  await owner.call.comments.create({ taskId: task.id, body: "Nobody hears this" });
  expect(await api.services.db.$count(notifications, told)).toBe(0);

  // The workspace that was theirs alone is erased by the way of deleted ones.
  const alone = eq(workspaces.name, "Garden");
  const [garden] = await api.services.db.select().from(workspaces).where(alone);
  for await (const _ of eraseWorkspace(api.services, garden?.id ?? ""));
  expect(await api.services.db.$count(workspaces, alone)).toBe(0);
  // The audit log stays as it is kept; everything else has forgotten the name.
  expect(Object.keys(await rowsWith("Zenobia"))).toEqual(["audit_entries"]);
  // And the address is free.
  const token = makeSignUpToken(api.services.config, email);
  const again = await api.stranger.auth.register({ email, password: PASSWORD, token });
  expect(again.user.id).not.toBe(userId);
});

test("who keeps their name has it beside their work", async () => {
  const { person, userId, viewer, workspaceId } = await settle("Yolanda");
  const { email } = person.user;
  await person.call.auth.closeAccount({ email, keepsName: true });
  await shiftClosing(userId, 15);
  await eraseDying(userId);
  const { members } = await viewer.call.workspaces.open({ workspaceId });
  expect(members.find((each) => each.userId === userId)).toMatchObject({
    ...{ name: "Yolanda", isClosed: true, role: "guest" },
  });
  expect(Object.keys(await rowsWith(email))).toEqual([]);
});

test("every table that goes with an account is decided upon by the schema, and what stays is work", async () => {
  const rows = await api.services.db.execute<{ name: string; column: string }>(sql`
    select c.conrelid::regclass::text as name, a.attname as column from pg_constraint c
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'users'::regclass and c.confdeltype = 'c'`);
  const [erased] = await api.services.db
    .select({ id: users.id })
    .from(users)
    .where(sql`erased_at is not null`);
  const left: string[] = [];
  for (const { name, column } of rows) {
    const [row] = await api.services.db.execute<{ n: number }>(
      sql`select count(*)::int as n from ${sql.identifier(name)}
        where ${sql.identifier(column)} = ${erased?.id ?? ""}`,
    );
    if (row?.n) left.push(name);
  }
  expect(rows.length).toBeGreaterThan(15);
  expect(new Set(left)).toEqual(new Set(["members", "task_assignees"]));
});
