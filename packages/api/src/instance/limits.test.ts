/** What an administrator bounds holds at once, on every worker. */
import { randomUUID } from "node:crypto";
import { schema } from "@guildhall/db";
import { PASSWORD, startTestApi, type TestApi } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startWorker } from "../../testing/workers.ts";

let api: TestApi;
let team: Team;
beforeAll(async () => {
  api = await startTestApi();
  team = await makeTeam(api);
  const { users } = schema;
  const isOwner = eq(users.id, team.owner.user.id);
  await api.services.db.update(users).set({ isAdministrator: true }).where(isOwner);
});
afterAll(() => api.stop());

const set = (patch: object) => team.owner.call.instance.setSettings({ patch });
const reason = (name: string, message = "") =>
  expect.objectContaining({ reason: name, message: expect.stringContaining(message) });

test("the length of a file, here and on another worker", async () => {
  const worker = startWorker(api, api.services.bus);
  try {
    const { id: taskId } = await team.task();
    const begin = (mb: number, call = team.editor.call) =>
      call.files.begin({ id: randomUUID(), taskId, name: "film", size: mb * 1024 ** 2 });
    await begin(3);
    await begin(3, worker.as(team.editor));
    await set({ uploadMb: 2 });
    const tooLarge = reason("file_too_large", "files can be up to 2 MB");
    await expect(begin(3)).rejects.toEqual(tooLarge);
    await expect(begin(3, worker.as(team.editor))).rejects.toEqual(tooLarge);
    await begin(2);
    await set({ uploadMb: 2048 });
    await expect(begin(2049)).rejects.toEqual(reason("file_too_large", "up to 2 GB"));
  } finally {
    await worker.stop();
  }
});

test("tries to sign in, and invitations", async () => {
  await set({ signInTries: 3, invitationsPerQuarterHour: 2 });
  const { email } = team.viewer.user;
  const sign = (password: string) => api.stranger.auth.login({ email, password });
  for (let n = 0; n < 3; n++) {
    await expect(sign("wrong")).rejects.toEqual(reason("wrong_credentials"));
  }
  await expect(sign(PASSWORD)).rejects.toEqual(reason("too_many_tries"));
  const { workspaceId } = team;
  const invite = (n: number) =>
    team.owner.call.invitations.create({ workspaceId, email: `${n}@example.com`, role: "viewer" });
  await invite(1);
  await invite(2);
  await expect(invite(3)).rejects.toEqual(reason("too_many_tries"));
  await set({ invitationsPerQuarterHour: 100 });
  await expect(set({ signInTries: 1 })).rejects.toThrow("use at least 3");
});

test("messages and connections are counted by what was set last", async () => {
  await set({ messagesPerSecond: 20, connectionsPerPerson: 3 });
  await expect
    .poll(() => api.services.settings.last)
    .toMatchObject({ messagesPerSecond: 20, connectionsPerPerson: 3 });
});
