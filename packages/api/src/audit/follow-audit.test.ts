import { schema } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorker } from "../../testing/workers.ts";
import { createLocalBus } from "../core/bus/bus.ts";
import { recordAudit } from "./record-audit.ts";

const { auditEntries, users } = schema;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

type Caller = TestPerson["call"];

/** What it was told so far; `ended` says why it is told no more. */
async function follow(call: Caller, workspaceId: string | null) {
  const told: (string | null)[] = [];
  let wake = () => {};
  const stream = (await call.audit.onNew({ workspaceId })) as AsyncIterable<{
    newest: string | null;
  }>;
  const read = async () => {
    try {
      for await (const { newest } of stream) {
        told.push(newest);
        wake();
      }
      return "ended";
    } catch (error) {
      return (error as { reason?: string }).reason;
    }
  };
  const ended = read();
  const until = async (n: number) => {
    while (told.length < n) await new Promise<void>((resolve) => (wake = resolve));
    return told[n - 1];
  };
  return { told, until, ended };
}

const newestOf = async (workspaceId: string) => {
  const rows = await api.services.db
    .select({ id: auditEntries.id })
    .from(auditEntries)
    .where(eq(auditEntries.workspaceId, workspaceId))
    .orderBy(auditEntries.at, auditEntries.id);
  return rows.at(-1)?.id;
};

test("who has the log open is told of each entry once it is committed, and by no other workspace's", async () => {
  const { owner, workspaceId } = await makeTeam(api);
  const other = await makeTeam(api);
  const leaving = new AbortController();
  const here = await follow(api.as(owner.token, { signal: leaving.signal }), workspaceId);
  await here.until(1);
  await other.owner.call.workspaces.update({
    ...{ workspaceId: other.workspaceId, patch: { name: "Forge" } },
  });
  await owner.call.workspaces.update({ workspaceId, patch: { name: "Weir" } });
  expect(await here.until(2)).toBe(await newestOf(workspaceId));
  // What is rolled back was never there.
  const undone = api.services.db.transaction(async (tx) => {
    await recordAudit(tx, {}, { action: "workspace.created", workspaceId, subject: { name: "x" } });
    throw new Error("rolled back");
  });
  await expect(undone).rejects.toThrow("rolled back");
  await owner.call.workspaces.update({ workspaceId, patch: { name: "Dam" } });
  expect(await here.until(3)).toBe(await newestOf(workspaceId));
  leaving.abort();
  expect(await here.ended).toBe("ended");
  expect(here.told).toHaveLength(3);
});

test("on another worker too, and where no message arrives", async () => {
  const { owner, workspaceId } = await makeTeam(api);
  const near = startWorker(api, api.services.bus);
  // As when Redis is frozen.
  const deaf = startWorker(api, createLocalBus());
  const leaving = new AbortController();
  try {
    const open = await Promise.all(
      [near, deaf].map((worker) => follow(worker.as(owner, leaving.signal), workspaceId)),
    );
    await Promise.all(open.map(({ until }) => until(1)));
    await owner.call.workspaces.update({ workspaceId, patch: { name: "Weir" } });
    const newest = await newestOf(workspaceId);
    for (const { until } of open) expect(await until(2)).toBe(newest);
  } finally {
    leaving.abort();
    await near.stop();
    await deaf.stop();
  }
});

test("it ends with the right to read it", async () => {
  const { owner, editor, workspaceId } = await makeTeam(api);
  const userId = editor.user.id;
  await owner.call.members.setRole({ workspaceId, userId, role: "owner" });
  const ofWorkspace = await follow(editor.call, workspaceId);
  const admin = await api.person("Adi");
  const isAdmin = eq(users.id, admin.user.id);
  await api.services.db.update(users).set({ isAdministrator: true }).where(isAdmin);
  const ofServer = await follow(admin.call, null);
  await Promise.all([ofWorkspace.until(1), ofServer.until(1)]);
  await owner.call.members.setRole({ workspaceId, userId, role: "editor" });
  expect(await ofWorkspace.ended).toBe("role_too_low");
  await api.services.db.update(users).set({ isAdministrator: false }).where(isAdmin);
  await recordAudit(
    api.services.db,
    {},
    { action: "instance.mailTried", subject: { id: uuidv7() } },
  );
  expect(await ofServer.ended).toBe("administrators_only");
});
