import { randomUUID } from "node:crypto";
import { schema } from "@guildhall/db";
import type { TestPerson } from "@guildhall/testing/api";
import { makeTeam } from "@guildhall/testing/team";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSockets } from "../../testing/sockets.ts";

let server: Awaited<ReturnType<typeof startTestSockets>>;
beforeAll(async () => {
  server = await startTestSockets();
});
afterAll(() => server.stop());

const as = (person: TestPerson) => ({ authorization: `Bearer ${person.token}` });

async function put(person: TestPerson, place: string, body: Uint8Array | string) {
  const address = `${server.url}/files/pictures/${place}`;
  const sent = { method: "PUT", headers: as(person), body: Buffer.from(body) };
  const response = await fetch(address, sent);
  const answer = (await response.json()) as {
    pictureKey?: string;
    error?: { json: { data: { reason: string } } };
  };
  return {
    status: response.status,
    key: answer.pictureKey ?? "",
    reason: answer.error?.json.data.reason,
  };
}

const get = (person: TestPerson, address: string) =>
  fetch(`${server.url}/files/pictures/${address}`, { headers: as(person) });
const statusFor = async (person: TestPerson, address: string) =>
  (await get(person, address)).status;

const color = (background: string, width = 300, height = 200) =>
  sharp({ create: { width, height, channels: 3, background } });

/** A wide one, red at its sides and blue in its middle, held sideways, with a name and a place in it. */
const photo = async () =>
  sharp(
    await color("#c00")
      .composite([{ input: await color("#00c", 120, 200).png().toBuffer(), left: 90, top: 0 }])
      .png()
      .toBuffer(),
  )
    .withExif({ IFD0: { Artist: "Somebody" }, IFD3: { GPSLatitude: "51/1 30/1 0/1" } })
    .jpeg()
    .toBuffer();

async function stored() {
  const keys: string[] = [];
  for await (const { key } of server.api.services.files.list()) keys.push(key);
  return keys;
}

test("a picture is the middle of it as a small square, and tells nothing of where it was taken", async () => {
  const { editor, viewer, workspaceId, changesOf } = await makeTeam(server.api);
  let key = "";
  const changes = await changesOf(async () => {
    const sent = await put(editor, `people/${editor.user.id}`, await photo());
    expect(sent.status).toBe(200);
    key = sent.key;
  });
  expect(changes).toMatchObject([
    { entity: "member", id: editor.user.id, op: "update", row: { pictureKey: key, name: "Eli" } },
  ]);
  const { members } = await viewer.call.workspaces.open({ workspaceId });
  expect(members.find(({ userId }) => userId === editor.user.id)).toMatchObject({
    pictureKey: key,
  });
  const got = await get(viewer, `people/${editor.user.id}/${key}`);
  expect(got.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
  expect(got.headers.get("content-type")).toBe("image/webp");
  const bytes = Buffer.from(await got.arrayBuffer());
  const shown = await sharp(bytes).metadata();
  expect(shown).toMatchObject({ format: "webp", width: 192, height: 192 });
  expect(shown.exif).toBeUndefined();
  const { dominant } = await sharp(bytes).stats();
  expect(dominant.b).toBeGreaterThan(dominant.r);
});

test("another one takes its place, and neither bytes nor answer are left of the first, or when it is removed", async () => {
  const { editor, owner, workspaceId } = await makeTeam(server.api);
  const mine = `people/${editor.user.id}`;
  const first = await put(editor, mine, await color("#c00").png().toBuffer());
  const second = await put(editor, mine, await color("#0c0").webp().toBuffer());
  expect(await statusFor(editor, `${mine}/${first.key}`)).toBe(404);
  expect(await statusFor(editor, `${mine}/${second.key}`)).toBe(200);
  const keys = await stored();
  expect([keys.includes(first.key), keys.includes(second.key)]).toEqual([false, true]);
  await editor.call.pictures.removeMine({});
  expect(await statusFor(editor, `${mine}/${second.key}`)).toBe(404);
  expect(await stored()).not.toContain(second.key);
  const { members } = await owner.call.workspaces.open({ workspaceId });
  expect(members.map(({ pictureKey }) => pictureKey)).toEqual([null, null, null]);
  // Whose bytes are known by a row are never swept as nobody's.
  expect(await server.api.services.db.$count(schema.filePuts)).toBe(0);
});

test("what is no such image is refused, whatever it is called", async () => {
  const { editor } = await makeTeam(server.api);
  const mine = `people/${editor.user.id}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>`;
  for (const body of [svg, "Hello.", "%PDF-1.7", ""]) {
    const { status, reason } = await put(editor, mine, body);
    expect([status, reason]).toEqual([422, "picture_refused"]);
  }
  const whole = await color("#c00").png().toBuffer();
  expect(await put(editor, mine, whole.subarray(0, 120))).toMatchObject({
    reason: "picture_refused",
  });
  const large = await put(editor, mine, Buffer.concat([whole, Buffer.alloc(10 * 1024 ** 2)]));
  expect([large.status, large.reason]).toEqual([413, "file_too_large"]);
  expect(await put(editor, `people/${randomUUID()}`, whole)).toMatchObject({ status: 404 });
  const { call } = editor;
  const { token } = await call.tokens.create({ name: "Reads", scope: "read", days: 1 });
  expect(await put({ ...editor, token }, mine, whole)).toMatchObject({
    reason: "token_read_only",
  });
});

test("a person's picture is seen by those who see the person; to others there is none, nor to be told by the answer", async () => {
  const { owner, editor, viewer, stranger, join, project } = await makeTeam(server.api);
  const image = await color("#c00").png().toBuffer();
  const keyOf = async (person: TestPerson) => {
    const { key } = await put(person, `people/${person.user.id}`, image);
    return `people/${person.user.id}/${key}`;
  };
  const [editors, viewers] = [await keyOf(editor), await keyOf(viewer)];
  // The editor speaks in the guest's project, the viewer is nowhere in it.
  const guest = await server.api.person("Gus");
  await join(guest.user.id, "guest");
  const userId = guest.user.id;
  await owner.call.projects.setMember({ projectId: project.id, userId, role: "viewer" });
  const task = await editor.call.tasks.create({ projectId: project.id, title: "Ours" });
  expect(task.id).toBeTruthy();
  expect(await statusFor(guest, editors)).toBe(200);
  const hidden = await get(guest, viewers);
  const none = await get(guest, `people/${randomUUID()}/${randomUUID()}`);
  expect([hidden.status, none.status]).toEqual([404, 404]);
  const shape = (text: string) => text.replace(/[0-9a-f-]{36}/g, "");
  expect(shape(await hidden.text())).toBe(shape(await none.text()));
  expect(await statusFor(stranger, editors)).toBe(404);
  expect((await fetch(`${server.url}/files/pictures/${editors}`)).status).toBe(401);
  // Administrators list accounts.
  const administers = `update users set is_administrator = true where id = '${stranger.user.id}'`;
  await server.api.services.db.execute(administers);
  expect(await statusFor(stranger, editors)).toBe(200);
});

test("a workspace's picture is set by its owners, seen by its members, and in its log", async () => {
  const { owner, editor, viewer, stranger, workspaceId, changesOf } = await makeTeam(server.api);
  const place = `workspaces/${workspaceId}`;
  const image = await color("#c00").png().toBuffer();
  expect(await put(editor, place, image)).toMatchObject({ reason: "role_too_low" });
  expect(await put(stranger, place, image)).toMatchObject({ reason: "not_found" });
  let key = "";
  const changes = await changesOf(async () => {
    key = (await put(owner, place, image)).key;
  });
  expect(changes).toMatchObject([{ entity: "workspace", row: { pictureKey: key } }]);
  expect(await statusFor(viewer, `${place}/${key}`)).toBe(200);
  expect(await statusFor(stranger, `${place}/${key}`)).toBe(404);
  await owner.call.pictures.removeOfWorkspace({ workspaceId });
  expect(await statusFor(viewer, `${place}/${key}`)).toBe(404);
  const { entries } = await owner.call.audit.list({
    ...{ workspaceId, actions: ["workspace.settingsChanged"] },
  });
  expect(entries.map(({ before, after }) => [before, after])).toEqual([
    [{ picture: true }, { picture: false }],
    [{ picture: false }, { picture: true }],
  ]);
});
