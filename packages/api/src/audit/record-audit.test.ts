import { schema } from "@guildhall/db";
import { startTestApi, type TestApi } from "@guildhall/testing/api";
import { eq, sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recordAudit } from "./record-audit.ts";

const { auditEntries } = schema;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const by = { actor: { user: { id: uuidv7(), name: "Ada" } } };
const entries = (name: string) =>
  api.services.db.select().from(auditEntries).where(eq(auditEntries.subjectName, name));

test("an entry has who, when, from where, and of before and after only the named fields", async () => {
  const role = { role: "editor", passwordHash: "$2b$12$secret" };
  const workspaceId = uuidv7();
  const tokenId = uuidv7();
  await recordAudit(
    api.services.db,
    {
      actor: { ...by.actor, credential: { kind: "token", id: tokenId } },
      client: { address: "203.0.113.7", userAgent: "curl" },
    },
    {
      action: "member.roleChanged",
      workspaceId,
      subject: { id: uuidv7(), name: "Ben" },
      before: { role: "viewer" },
      after: role,
    },
  );
  expect(await entries("Ben")).toMatchObject([
    {
      ...{ action: "member.roleChanged", workspaceId, actorName: "Ada", credential: "token" },
      ...{ tokenId, address: "203.0.113.7", userAgent: "curl", times: 1 },
      before: { role: "viewer" },
      after: { role: "editor" },
    },
  ]);
  expect(JSON.stringify(await entries("Ben"))).not.toContain("$2b$");
});

test("nobody changes or takes away an entry, and housekeeping only what is old", async () => {
  const { db } = api.services;
  await recordAudit(db, by, { action: "account.signedIn", subject: { name: "Fresh" } });
  await db.insert(auditEntries).values({
    ...{ id: uuidv7(), action: "account.signedIn", credential: "system", subjectName: "Old" },
    at: new Date(Date.now() - 40 * 24 * 60 * 60_000),
  });
  const refusal = { cause: { code: "23001" } };
  const forge = db.update(auditEntries).set({ subjectName: "Forged" });
  await expect(forge).rejects.toMatchObject(refusal);
  await expect(db.delete(auditEntries)).rejects.toMatchObject(refusal);
  await expect(db.execute(sql`truncate audit_entries`)).rejects.toMatchObject(refusal);
  const asHousekeeping = (name: string) =>
    db.transaction(async (tx) => {
      await tx.execute(sql`select set_config('guildhall.audit_retention', 'on', true)`);
      await tx.delete(auditEntries).where(eq(auditEntries.subjectName, name));
    });
  await expect(asHousekeeping("Fresh")).rejects.toMatchObject(refusal);
  await asHousekeeping("Old");
  expect(await entries("Fresh")).toHaveLength(1);
  expect(await entries("Old")).toEqual([]);
});

test("what is rolled back is not in the log either", async () => {
  const failed = api.services.db.transaction(async (tx) => {
    await recordAudit(tx, by, { action: "account.signedOut", subject: { name: "Never" } });
    throw new Error("rolled back");
  });
  await expect(failed).rejects.toThrow("rolled back");
  expect(await entries("Never")).toEqual([]);
});
