import { schema } from "@guildhall/db";
import { PASSWORD, startTestApi } from "@guildhall/testing/api";
import { startHandmadeProvider } from "@guildhall/testing/sign-in/handmade-provider";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, expect, test } from "vitest";
import { providerAt } from "../../testing/provider-sign-in.ts";

const { auditEntries, fileObjects, workspaces } = schema;

type Api = Awaited<ReturnType<typeof startTestApi>>;
let api: Api;
let call: ReturnType<Api["as"]>;
let corp: Awaited<ReturnType<typeof startHandmadeProvider>>;
beforeAll(async () => {
  corp = await startHandmadeProvider();
  api = await startTestApi({
    providers: [
      providerAt(corp.issuer),
      providerAt("http://127.0.0.1:1", { id: "gone", name: "Gone" }),
    ],
  });
  const { token } = await api.stranger.auth.register({ email: "a@b.org", password: PASSWORD });
  call = api.as(token);
});
afterAll(async () => {
  await api.stop();
  await corp.stop();
});

test("each part tells its version, and the last backup is never or the newest", async () => {
  const { parts, lastBackup, node } = await call.instance.health();
  expect(parts.database.version).toMatch(/^\d+/);
  expect([parts.bus.version, parts.search.version, lastBackup]).toEqual([null, null, null]);
  expect(parts.search.says).toMatch(/^Postgres searches: \d+ entr/);
  expect(node).toBe(process.version);
  const made = (bytes: number, at: string) =>
    api.services.db.insert(auditEntries).values({
      ...{ id: uuidv7(), action: "instance.backedUp", credential: "system" },
      ...{ at: new Date(at), after: { rows: 7, files: 1, bytes } },
    });
  await made(2_000, "2026-11-02T03:00:00Z");
  await made(1_000, "2026-11-01T03:00:00Z");
  expect((await call.instance.health()).lastBackup).toEqual({
    ...{ at: new Date("2026-11-02T03:00:00Z"), bytes: 2_000, rows: 7, files: 1 },
  });
});

test("what failed in the background is shown with its error, and tried again, one or all", async () => {
  const { db, files } = api.services;
  const workspaceId = uuidv7();
  await db.insert(workspaces).values({ id: workspaceId, name: "Mill" });
  const broken = [uuidv7(), uuidv7()];
  // No store gives these bytes yet.
  const get = files.get;
  files.get = () => Promise.reject(new Error("The disk is on fire."));
  await db
    .insert(fileObjects)
    .values(
      broken.map((id) => ({ id, workspaceId, sha256: null, size: 3, preview: "none" as const })),
    );
  for (const id of broken) await api.services.enqueueFile(id);
  const failing = async () =>
    (await call.instance.failingJobs()).filter(({ queue }) => queue === "files");
  await expect
    .poll(async () => (await failing()).map(({ id }) => id).toSorted(), { timeout: 60_000 })
    .toEqual(broken.toSorted());
  const [first] = await failing();
  expect(first).toMatchObject({ error: "The disk is on fire.", failedAt: expect.any(Date) });
  expect(first?.tries).toBeGreaterThan(0);

  files.get = get;
  const unknown = call.instance.retryJobs({ only: { queue: "files", id: uuidv7() } });
  await expect(unknown).rejects.toMatchObject({ reason: "not_found" });
  const only = { queue: "files", id: first?.id ?? "" };
  // Its next try would be due some time; now it goes away, done or failed otherwise.
  expect(await call.instance.retryJobs({ only })).toEqual({ retried: 1 });
  const said = async (id: string) => (await failing()).find((job) => job.id === id)?.error;
  await expect.poll(() => said(only.id), { timeout: 60_000 }).not.toBe("The disk is on fire.");
  const { retried } = await call.instance.retryJobs({});
  expect(retried).toBeGreaterThan(0);
  const { entries } = await call.audit.list({
    workspaceId: null,
    actions: ["instance.jobsRetried"],
  });
  expect(entries.map(({ after }) => after?.queues)).toEqual([["files"], ["files"]]);
  await db.execute(sql`delete from ${fileObjects} where workspace_id = ${workspaceId}`);
});

test("providers are listed as they are set and used, and asked now whether they answer", async () => {
  expect(await call.instance.providers()).toMatchObject([
    {
      id: "corp",
      name: "Corp",
      issuer: corp.issuer,
      accounts: 0,
      lastUsedAt: null,
      lastProblem: null,
    },
    { id: "gone", name: "Gone" },
  ]);
  expect(JSON.stringify(await call.instance.providers())).not.toContain("clientSecret");
  expect(await call.instance.checkProvider({ id: "corp" })).toMatchObject({ isUp: true });
  const gone = await call.instance.checkProvider({ id: "gone" });
  expect(gone).toMatchObject({ isUp: false, says: expect.stringMatching(/\S/) });
});

test("everybody who is signed in is told the version; from the sources there is no list of licenses", async () => {
  const { call: anyone } = await api.person("Ben");
  expect(await anyone.about.version()).toEqual({ version: "0.0.0", commit: null, builtAt: null });
  expect(await anyone.about.licenses()).toBeNull();
  await expect(api.stranger.about.version()).rejects.toMatchObject({ reason: "signed_out" });
});
