import { createHash, randomBytes, randomUUID } from "node:crypto";
import { sendInParts } from "@guildhall/api/client";
import { startTestingProxy, type TestingProxy } from "@guildhall/testing/proxy";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSockets } from "../../testing/sockets.ts";

const MB = 1024 * 1024;
let server: Awaited<ReturnType<typeof startTestSockets>>;
let proxy: TestingProxy;
let team: Team;
let taskId: string;
beforeAll(async () => {
  server = await startTestSockets();
  proxy = await startTestingProxy(Number(new URL(server.url).port));
  team = await makeTeam(server.api);
  taskId = (await team.task()).id;
});
afterAll(async () => {
  await proxy.stop();
  await server.stop();
});

const sum = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** As the page sends it, through the proxy. */
function uploadOf(bytes: Buffer, onPart: (n: number) => void = () => {}) {
  const { token, call } = team.editor;
  const id = randomUUID();
  const sent: number[] = [];
  const put = async (n: number, part: Blob, query = "") => {
    sent.push(n);
    onPart(n);
    const answer = await fetch(`${proxy.url}/files/${id}/parts/${n}${query}`, {
      method: "PUT",
      headers: { authorization: `Bearer ${token}` },
      body: part,
    });
    if (!answer.ok) throw new Error(await answer.text());
  };
  const name = "video.bin";
  const run = () =>
    sendInParts({
      body: new Blob([bytes]),
      begin: () => call.files.begin({ id, taskId, name, size: bytes.length }),
      send: put,
      finish: () => call.files.finish({ id }),
    });
  return { id, sent, put, run };
}

test("a cut connection costs the parts that were under way, and no more", async () => {
  const bytes = randomBytes(60 * MB);
  let cuts = 0;
  const upload = uploadOf(bytes, (n) => {
    if (n % 2 === 0 && cuts < 5) setTimeout(() => proxy.cut(), 5 * ++cuts);
  });
  let file: Awaited<ReturnType<typeof upload.run>> | null = null;
  let runs = 0;
  while (!file && runs++ < 20) file = await upload.run().catch(() => null);
  expect([file?.size, file?.name, file?.taskId]).toEqual([bytes.length, "video.bin", taskId]);
  expect(runs).toBeGreaterThan(1);
  expect(upload.sent.length).toBeLessThanOrEqual(8 + 3 * runs);
  const got = await fetch(`${server.url}/files/${upload.id}`, {
    headers: { authorization: `Bearer ${team.viewer.token}` },
  });
  expect(sum(Buffer.from(await got.arrayBuffer()))).toBe(sum(bytes));
  // All of it again changes nothing, and nothing of it is left but the file.
  expect(await upload.run()).toEqual(file);
  const stored: string[] = [];
  for await (const { key, size } of server.api.services.files.list()) {
    if (size === bytes.length) stored.push(key);
  }
  expect(stored).toHaveLength(1);
});

test("it is nobody else's, not whole before it is whole, and its parts are what was sent", async () => {
  const bytes = randomBytes(9 * MB);
  const upload = uploadOf(bytes);
  const { owner, editor, viewer } = team;
  const input = { id: upload.id, taskId, name: "a", size: bytes.length };
  await expect(viewer.call.files.begin(input)).rejects.toMatchObject({ reason: "role_too_low" });
  expect(await editor.call.files.begin(input)).toEqual({
    ...{ partBytes: 8 * MB, direct: false, done: [], file: null },
  });
  await expect(owner.call.files.begin(input)).rejects.toMatchObject({ reason: "id_taken" });
  const damaged = upload.put(1, new Blob([bytes.subarray(0, 8 * MB)]), `?sha256=${sum(bytes)}`);
  await expect(damaged).rejects.toThrow("checksum_mismatch");
  await expect(upload.put(1, new Blob([bytes.subarray(0, 100)]))).rejects.toThrow("checksum");
  await expect(upload.put(3, new Blob(["x"]))).rejects.toThrow("bad_input");
  await expect(editor.call.files.finish({ id: upload.id })).rejects.toMatchObject({
    reason: "upload_incomplete",
  });
  await expect(owner.call.files.finish({ id: upload.id })).rejects.toMatchObject({
    reason: "not_found",
  });
  await upload.put(2, new Blob([bytes.subarray(8 * MB)]));
  await upload.put(1, new Blob([bytes.subarray(0, 8 * MB)]));
  // Asked for twice at once, as after an answer that did not come.
  const answers = await Promise.allSettled([1, 2].map(() => editor.call.files.finish(upload)));
  const files = answers.flatMap((a) => (a.status === "fulfilled" ? [a.value] : []));
  expect(files.length).toBeGreaterThan(0);
  expect(await editor.call.files.finish({ id: upload.id })).toEqual(files[0]);
});

test("what is called off is let go, and a removed member sends no more", async () => {
  const guest = await server.api.person("Guest");
  const { workspaceId } = team;
  await team.join(guest.user.id, "editor");
  const id = randomUUID();
  const input = { id, taskId, name: "a", size: 9 * MB };
  await guest.call.files.begin(input);
  const put = () =>
    fetch(`${server.url}/files/${id}/parts/2`, {
      method: "PUT",
      headers: { authorization: `Bearer ${guest.token}` },
      body: randomBytes(MB),
    }).then(({ status }) => status);
  expect(await put()).toBe(201);
  expect((await guest.call.files.begin(input)).done).toEqual([2]);
  await team.owner.call.members.remove({ workspaceId, userId: guest.user.id });
  expect(await put()).toBe(404);
  await guest.call.files.abandon({ id });
  await team.join(guest.user.id, "editor");
  expect((await guest.call.files.begin(input)).done).toEqual([]);
});
