import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FailedSignIns } from "./failed-sign-ins.ts";
import { forgetAudit } from "./forget-audit.ts";
import { recordAudit } from "./record-audit.ts";

const { auditEntries, users } = schema;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const administrator = async () => {
  const person = await api.person("Adi");
  const { id } = person.user;
  await api.services.db.update(users).set({ isAdministrator: true }).where(eq(users.id, id));
  return person;
};

test("owners read their workspace's log, administrators the server's, others none", async () => {
  const { owner, editor, workspaceId } = await makeTeam(api);
  const other = await makeTeam(api);
  await owner.call.workspaces.update({ workspaceId, patch: { name: "Mill" } });
  const document = await owner.call.documents.create({ workspaceId, title: "Secret plan" });
  await owner.call.documents.delete({ id: document.id });
  const admin = await administrator();
  const own = await owner.call.audit.list({ workspaceId });
  expect(own.entries.every(({ workspace }) => workspace?.id === workspaceId)).toBe(true);
  expect(own.entries[0]?.sentence).toBe("deleted the document Secret plan");
  const notFound = { reason: "not_found" };
  await expect(other.owner.call.audit.list({ workspaceId })).rejects.toMatchObject(notFound);
  await expect(admin.call.audit.list({ workspaceId })).rejects.toMatchObject(notFound);
  const low = { reason: "role_too_low" };
  await expect(editor.call.audit.list({ workspaceId })).rejects.toMatchObject(low);
  const all = { workspaceId: null };
  const notAllowed = { reason: "administrators_only" };
  await expect(owner.call.audit.list(all)).rejects.toMatchObject(notAllowed);
  // What is within a workspace is named to its own people only.
  const { entries } = await admin.call.audit.list({ ...all, limit: 200 });
  expect(entries.map(({ sentence }) => sentence)).toContain("deleted a document");
  expect(JSON.stringify(entries)).not.toContain("Secret plan");
  expect(await admin.call.audit.people(all)).toContainEqual({
    ...{ id: owner.user.id, name: owner.user.name },
  });
});

test("a page at a time, by person, action and period, and nothing twice", async () => {
  const { owner, viewer, workspaceId } = await makeTeam(api);
  for (let n = 0; n < 5; n++) {
    await owner.call.workspaces.update({ workspaceId, patch: { name: `Mill ${n}` } });
  }
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await owner.call.audit.list({ workspaceId, limit: 2, ...(cursor && { cursor }) });
    seen.push(...page.entries.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  const { entries } = await owner.call.audit.list({ workspaceId, limit: 200 });
  expect(seen).toEqual(entries.map(({ id }) => id));
  await owner.call.members.remove({ workspaceId, userId: viewer.user.id });
  const of = (filter: object) => owner.call.audit.list({ workspaceId, ...filter });
  expect((await of({ personId: viewer.user.id })).entries).toMatchObject([
    { action: "member.removed" },
  ]);
  expect((await of({ actions: ["workspace.settingsChanged"] })).entries).toHaveLength(5);
  expect((await of({ until: entries.at(-1)?.at })).entries).toEqual([]);
  expect((await of({ from: new Date(Date.now() + 60_000) })).entries).toEqual([]);
  await expect(of({ cursor: "nonsense" })).rejects.toMatchObject({ reason: "bad_cursor" });
});

test("ten thousand failed sign-ins from one place are some rows, and from everywhere bounded", async () => {
  const { db, config } = api.services;
  const failures = new FailedSignIns(db, config.log);
  const from = (address: string) => ({
    ...{ client: { address, userAgent: "bot" }, account: null },
    reason: "password" as const,
  });
  for (let n = 0; n < 10_000; n++) failures.note(from("198.51.100.7"));
  for (let n = 0; n < 5_000; n++) failures.note(from(`10.${n >> 8}.${n & 255}.1`));
  await failures.stop();
  const rows = await db.select().from(auditEntries).where(eq(auditEntries.userAgent, "bot"));
  const here = rows.filter(({ address }) => address === "198.51.100.7");
  expect(here.map(({ times }) => times).toSorted((a, b) => a - b)).toEqual([1, 9_999]);
  const all = await db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, "account.signInFailed"));
  expect(all.length).toBeLessThan(205);
  expect(all.reduce((sum, { times }) => sum + times, 0)).toBe(15_000);
});

test("what is older than it is kept goes, and the rest stays", async () => {
  const { db } = api.services;
  const day = 24 * 60 * 60_000;
  for (const days of [10, 45, 100]) {
    await db.insert(auditEntries).values({
      ...{ id: uuidv7(), action: "account.signedIn", credential: "system" },
      ...{ subjectName: `kept for ${days}`, at: new Date(Date.now() - days * day) },
    });
  }
  await recordAudit(db, {}, { action: "account.signedIn", subject: { name: "new" } });
  expect(await forgetAudit(db, 60)).toBe(1);
  expect(await forgetAudit(db, 60)).toBe(0);
  const left = await db.select({ name: auditEntries.subjectName }).from(auditEntries);
  const names = left.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["kept for 10", "kept for 45", "new"]));
  expect(names).not.toContain("kept for 100");
});
