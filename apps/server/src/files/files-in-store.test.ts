/** Files in a store that people's browsers reach themselves. */
import { randomBytes, randomUUID } from "node:crypto";
import { createS3Store } from "@guildhall/api/server";
import { schema } from "@guildhall/db";
import { startTestS3, type TestS3 } from "@guildhall/testing/s3";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { sumOf, type Uploading, uploadInOne, uploadInParts } from "@guildhall/testing/uploads";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSockets } from "../../testing/sockets.ts";

const MB = 1024 * 1024;
let s3: TestS3;
let server: Awaited<ReturnType<typeof startTestSockets>>;
let team: Team;
beforeAll(async () => {
  s3 = await startTestS3();
  server = await startTestSockets({}, await createS3Store(s3.settings));
  team = await makeTeam(server.api);
});
afterAll(async () => {
  await server.stop();
  await s3.stop();
});

const uploadOf = (bytes: Buffer, more: Partial<Uploading> = {}): Uploading => ({
  url: server.url,
  token: team.editor.token,
  calls: team.editor.call.files,
  place: { projectId: team.project.id },
  name: "video.bin",
  body: new Blob([bytes]),
  ...more,
});
const get = (id: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/files/${id}`, {
    headers: { authorization: `Bearer ${team.viewer.token}`, ...headers },
  });

test("long files go to the store and come from it, past the server", async () => {
  const bytes = randomBytes(20 * MB);
  const ways: string[] = [];
  const onPart = (_: number, how: string) => ways.push(how);
  const { id, size } = await uploadInParts(uploadOf(bytes, { onPart }));
  expect([size, ways]).toEqual([bytes.length, ["direct", "direct", "direct"]]);
  const got = await get(id);
  expect([got.redirected, sumOf(Buffer.from(await got.arrayBuffer()))]).toEqual([
    true,
    sumOf(bytes),
  ]);
  const part = await get(id, { range: "bytes=9000000-9000009" });
  expect(part.status).toBe(206);
  expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(9_000_000, 9_000_010))).toBe(
    true,
  );
  // Read in the background, its sum is known; and the same bytes once more are kept once.
  const again = await uploadInParts(uploadOf(bytes));
  const { db, enqueueFile } = server.api.services;
  for (const row of await db.select().from(schema.fileObjects)) await enqueueFile(row.id);
  const sums = async () => {
    const rows = await db.select().from(schema.fileObjects);
    return rows.filter((row) => row.size === size).map(({ sha256 }) => sha256);
  };
  await expect.poll(sums).toEqual([sumOf(bytes)]);
  expect((await get(again.id)).headers.get("content-length")).toBe(String(size));
});

test("a short file goes straight to the store too: those bytes, and no file before they are there", async () => {
  const bytes = randomBytes(3 * MB);
  const { address, finish } = team.editor.call.files;
  const id = randomUUID();
  const place = { projectId: team.project.id };
  const asked = { ...place, id, name: "photo.bin", size: bytes.length, sha256: sumOf(bytes) };
  const given = await address(asked);
  const send = async (body: Buffer, headers = given.address?.headers ?? {}) =>
    (await fetch(given.address?.url ?? "", { method: "PUT", headers, body })).status;
  const others = randomBytes(bytes.length);
  for (const status of [
    await send(others),
    await send(others, { "x-amz-content-sha256": sumOf(others) }),
    await send(bytes.subarray(1)),
    await send(bytes, {}),
  ]) {
    expect([400, 403]).toContain(status);
  }
  await expect(finish({ id })).rejects.toMatchObject({ reason: "upload_incomplete" });
  for (const one of [team.owner, team.viewer]) {
    await expect(one.call.files.finish({ id })).rejects.toMatchObject({ reason: "not_found" });
  }
  await expect(team.owner.call.files.address(asked)).rejects.toMatchObject({ reason: "id_taken" });
  await expect(address({ ...asked, size: 9 })).rejects.toMatchObject({ reason: "id_taken" });
  await expect(address({ ...asked, size: 17 * MB })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  expect(await send(bytes)).toBe(200);
  // Asked for once more, as after an answer that did not come.
  expect((await address(asked)).address).not.toBeNull();
  const file = await finish({ id });
  expect(file).toMatchObject({ id, name: "photo.bin", size: bytes.length });
  expect([await finish({ id }), await address(asked)]).toEqual([file, { address: null, file }]);
  const got = await get(id);
  expect([got.redirected, sumOf(Buffer.from(await got.arrayBuffer()))]).toEqual([
    true,
    sumOf(bytes),
  ]);
});

test("whoever names the sum of a file that they may not see is not given it", async () => {
  const secret = randomBytes(MB);
  await uploadInOne(uploadOf(secret, { token: team.owner.token }));
  const own = Buffer.from(secret).reverse();
  const id = randomUUID();
  const { address, finish } = team.editor.call.files;
  const named = { id, projectId: team.project.id, name: "guess", size: MB, sha256: sumOf(secret) };
  await address(named);
  // As in a store that does not look at what it gets.
  const { services } = server.api;
  const begun = await services.db.select().from(schema.fileUploads);
  const upload = begun.find((each) => each.id === id);
  async function* content() {
    yield own;
  }
  await services.files.put(upload?.objectId ?? "", content(), MB);
  await finish({ id });
  expect(sumOf(Buffer.from(await (await get(id)).arrayBuffer()))).toBe(sumOf(own));
});

test("a HEAD is answered here: the address of the store is good for a GET alone", async () => {
  const { id } = await uploadInOne(uploadOf(Buffer.from("twelve bytes")));
  const answer = await fetch(`${server.url}/files/${id}`, {
    method: "HEAD",
    headers: { authorization: `Bearer ${team.viewer.token}` },
  });
  const { status, redirected, headers } = answer;
  expect([status, redirected, headers.get("content-length")]).toEqual([200, false, "12"]);
});

test("a part that the store does not get goes by the server, and the rest with it", async () => {
  const bytes = randomBytes(20 * MB);
  const calls = {
    ...team.editor.call.files,
    begin: team.editor.call.files.begin,
    finish: team.editor.call.files.finish,
    partAddress: async () => ({ url: "http://127.0.0.1:1/", headers: {} }),
  };
  const ways: string[] = [];
  const upload = uploadOf(bytes, { calls, onPart: (_, how) => ways.push(how) });
  const { id } = await uploadInParts(upload);
  expect(ways.filter((how) => how === "server")).toHaveLength(3);
  expect(sumOf(Buffer.from(await (await get(id)).arrayBuffer()))).toBe(sumOf(bytes));
});

test("nobody gets an address of the store for an upload of somebody else, or after they were removed", async () => {
  const guest = await server.api.person("Guest");
  await team.join(guest.user.id, "editor");
  const id = randomUUID();
  await guest.call.files.begin({ id, projectId: team.project.id, name: "a", size: 9 * MB });
  const asked = { id, n: 2, sha256: sumOf(randomBytes(9)) };
  expect(await guest.call.files.partAddress(asked)).toHaveProperty("url");
  await expect(guest.call.files.partAddress({ ...asked, n: 3 })).rejects.toMatchObject({
    reason: "bad_input",
  });
  await expect(team.owner.call.files.partAddress(asked)).rejects.toMatchObject({
    reason: "not_found",
  });
  const { id: file } = await uploadInOne(uploadOf(Buffer.from("for members")));
  const address = async () =>
    fetch(`${server.url}/files/${file}`, {
      headers: { authorization: `Bearer ${guest.token}` },
      redirect: "manual",
    });
  const location = (await address()).headers.get("location") ?? "";
  expect(Number(new URL(location).searchParams.get("X-Amz-Expires"))).toBeLessThanOrEqual(300);
  await team.owner.call.members.remove({ workspaceId: team.workspaceId, userId: guest.user.id });
  expect((await address()).status).toBe(404);
  await expect(guest.call.files.partAddress(asked)).rejects.toMatchObject({ reason: "not_found" });
});

test("while the store is away it is said so, nothing half is seen, and it goes on when it is back", async () => {
  const bytes = randomBytes(18 * MB);
  const id = randomUUID();
  const upload = uploadOf(bytes, { id, name: "later.bin" });
  const names = async () =>
    (await team.viewer.call.files.list({ projectId: team.project.id })).items.map(
      ({ name }) => name,
    );
  await upload.calls.begin({
    id,
    projectId: team.project.id,
    name: upload.name,
    size: bytes.length,
  });
  s3.pause();
  await expect(uploadInParts(upload)).rejects.toMatchObject({ reason: "file_store_unavailable" });
  await expect(uploadInOne(uploadOf(Buffer.from("x"), { name: "x" }))).rejects.toThrow("503");
  expect(await names()).not.toContain("later.bin");
  expect(await names()).not.toContain("x");
  s3.resume();
  const file = await uploadInParts(upload);
  expect(file).toMatchObject({ id, name: "later.bin", size: bytes.length });
  expect(sumOf(Buffer.from(await (await get(id)).arrayBuffer()))).toBe(sumOf(bytes));
});
