import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { schema } from "@guildhall/db";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import { eq, sql } from "drizzle-orm";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { storeFile } from "../../files/upload/store-file.ts";
import { answerFile, refusalOf, statusOf } from "../../server.ts";

const { auditEntries, sessions } = schema;

/** Of answers that had begun. */
const brokeOff: unknown[] = [];

let api: TestApi;
let server: Server;
let url: string;
beforeAll(async () => {
  api = await startTestApi();
  server = createServer((req, res) => {
    const token = req.headers.authorization ?? null;
    const credentials = { token, cookie: null };
    const findActor = () => api.services.authenticate(credentials);
    const client = { address: "127.0.0.1", userAgent: "test" };
    const ctx = { services: api.services, findActor, credentials, client };
    answerFile(ctx as never, req, res).catch((error: unknown) => {
      if (res.headersSent) return void brokeOff.push(error);
      const refusal = refusalOf(error);
      res
        .writeHead(refusal ? statusOf(refusal.reason) : 500)
        .end(JSON.stringify(refusal ?? String(error)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/files/exports/account`;
});
afterAll(async () => {
  server.close();
  await api.stop();
});

const ask = (token: string, signal?: AbortSignal) =>
  fetch(url, { headers: { authorization: token }, ...(signal && { signal }) });
const reasonOf = async (answer: Response) => ((await answer.json()) as { reason: string }).reason;

async function exported({ token }: TestPerson) {
  const answer = await ask(token);
  expect(answer.status).toBe(200);
  const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  return new Map(Object.entries(files).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

test("it holds what is theirs and what they may still see of it, and nothing that opens anything", async () => {
  const { owner, editor, workspaceId, project } = await makeTeam(api);
  const { call } = editor;
  const mine = await call.tasks.create({ projectId: project.id, title: "Made by me" });
  const given = await owner.call.tasks.create({ projectId: project.id, title: "Given to me" });
  await owner.call.tasks.update({ id: given.id, patch: { assigneeIds: [editor.user.id] } });
  const other = await owner.call.tasks.create({ projectId: project.id, title: "Not mine" });
  await call.comments.create({ taskId: other.id, body: "=My words, with a comma" });
  await call.documents.create({ workspaceId, projectId: project.id, title: "My page" });
  await owner.call.documents.create({ workspaceId, projectId: project.id, title: "Their page" });
  await storeFile(
    { services: api.services, actor: { user: editor.user }, path: "test" },
    { name: "plan.txt", place: { taskId: mine.id }, content: Buffer.from("A plan") },
  );
  const hidden = await owner.call.projects.create({ workspaceId, name: "Hidden", key: "HID" });
  const secret = await call.tasks.create({ projectId: hidden.id, title: "Once mine" });
  await call.comments.create({ taskId: secret.id, body: "Once said" });
  await owner.call.projects.update({ id: hidden.id, patch: { visibility: "private" } });
  const { token } = await call.tokens.create({ name: "Script", scope: "read", days: 1 });

  const files = await exported(editor);
  expect([...files.keys()]).toEqual([
    ...["README.txt", "account.json", "Mill/comments.csv", "Mill/files.csv"],
    ...["Mill/tasks/APP.csv", "Mill/documents/My page.md"],
  ]);
  expect(files.get("Mill/tasks/APP.csv")).toContain("Made by me");
  expect(files.get("Mill/tasks/APP.csv")).toContain("Given to me");
  expect(files.get("Mill/comments.csv")).toContain(`"'=My words, with a comma"`);
  expect(files.get("Mill/files.csv")).toContain("plan.txt,text/plain,6,");
  const account = JSON.parse(files.get("account.json") ?? "");
  expect(account).toMatchObject({
    profile: { id: editor.user.id, email: editor.user.email, name: "Eli" },
    memberships: [{ workspace: "Mill", role: "editor" }],
    accessTokens: [{ name: "Script", scope: "read" }],
    sessions: [{ browser: "test", signedInBy: "password" }],
  });
  const all = [...files.values()].join("\n");
  expect(files.get("Mill/tasks/APP.csv")).not.toContain("Not mine");
  for (const not of ["Their page", "Once mine", "Once said", token, editor.token]) {
    expect(all).not.toContain(not);
  }

  // What a workspace lets nobody take out as a file is not in it; what they said is.
  await owner.call.workspaces.update({ workspaceId, patch: { exporterRole: "owner" } });
  expect([...(await exported(editor)).keys()]).toEqual([
    ...["README.txt", "account.json", "Mill/comments.csv", "Mill/files.csv"],
  ]);
  const entries = await api.services.db
    .select()
    .from(auditEntries)
    .where(eq(auditEntries.action, "account.exported"));
  expect(entries.map(({ actorId }) => actorId)).toEqual([editor.user.id, editor.user.id]);
});

test("it is for who has just shown that it is them, by a session, and one at a time", async () => {
  const person = await api.person("Pia");
  const { token } = await person.call.tokens.create({ name: "Script", scope: "write", days: 1 });
  expect(await reasonOf(await ask(token))).toBe("session_only");
  expect((await ask("nobody")).status).toBe(401);

  const turn = `own export ${person.user.id}`;
  const until = (seconds: number) => sql`now() + make_interval(secs => ${seconds})`;
  await api.services.db.insert(schema.usedOnce).values({ id: turn, expiresAt: until(30) });
  expect(await reasonOf(await ask(person.token))).toBe("export_running");
  // Of a worker that died.
  await api.services.db.update(schema.usedOnce).set({ expiresAt: until(-1) });
  expect((await exported(person)).get("account.json")).toContain(person.user.email);
  const held = () => api.services.db.$count(schema.usedOnce, eq(schema.usedOnce.id, turn));
  await expect.poll(held).toBe(0);

  await api.services.db.update(sessions).set({ confirmedAt: sql`now() - interval '1 hour'` });
  expect(await reasonOf(await ask(person.token))).toBe("confirmation_needed");
});

test("who goes away in the middle can begin again", async () => {
  const person = await api.person("Pia");
  const leaving = new AbortController();
  const answer = await ask(person.token, leaving.signal);
  expect(answer.status).toBe(200);
  leaving.abort();
  await expect.poll(async () => (await ask(person.token)).status).toBe(200);
  expect(brokeOff).toEqual([]);
});
