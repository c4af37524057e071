import { createHash, randomUUID } from "node:crypto";
import { request } from "node:http";
import { schema } from "@guildhall/db";
import type { TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startTestSockets } from "../../testing/sockets.ts";

let server: Awaited<ReturnType<typeof startTestSockets>>;
let team: Team;
let taskId: string;
beforeAll(async () => {
  server = await startTestSockets();
  team = await makeTeam(server.api);
  taskId = (await team.task()).id;
});
afterAll(() => server.stop());

type Headers = Record<string, string>;
type Sent = { id?: string; name?: string; body?: Uint8Array | string; query?: Headers };

const as = (person: TestPerson): Headers => ({ authorization: `Bearer ${person.token}` });
const sum = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

async function put(headers: Headers, sent: Sent = {}) {
  const { id = randomUUID(), name = "a.txt", body = "Hello.", query = { taskId } } = sent;
  const address = `${server.url}/files/${id}?${new URLSearchParams({ name, ...query })}`;
  const response = await fetch(address, { method: "PUT", headers, body: Buffer.from(body) });
  return { id, status: response.status, answer: (await response.json()) as Answer };
}
type Answer = { name?: string; type?: string; error?: { json: { data: { reason: string } } } };

const get = (id: string, headers: Headers, rest = "") =>
  fetch(`${server.url}/files/${id}${rest}`, { headers });
const reasonOf = ({ answer }: { answer: Answer }) => answer.error?.json.data.reason;

/** 255 bytes. */
const LONG = `${"é".repeat(125)}.text`;
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

test("a file comes back byte for byte, with the change that tells of it", async () => {
  const body = Buffer.alloc(300_000, "guildhall ");
  let id = "";
  const changes = await team.changesOf(async () => {
    const sent = await put(as(team.editor), { body, query: { taskId, sha256: sum(body) } });
    expect(sent).toMatchObject({ status: 201, answer: { size: body.length, taskId } });
    id = sent.id;
  });
  expect(changes).toMatchObject([{ entity: "file", op: "insert", id, row: { name: "a.txt" } }]);
  const got = await get(id, as(team.viewer));
  expect(Buffer.from(await got.arrayBuffer()).equals(body)).toBe(true);
  expect(got.headers.get("etag")).toBe(`"${sum(body)}"`);
  const again = await get(id, { ...as(team.viewer), "if-none-match": `"${sum(body)}"` });
  expect(again.status).toBe(304);
});

test("the same upload sent again is the same file; with other bytes its id is taken", async () => {
  const first = await put(as(team.editor), { body: "once" });
  const sent = { id: first.id, body: "once", query: { taskId, sha256: sum("once") } };
  expect(await put(as(team.editor), sent)).toEqual(first);
  const other = await put(as(team.editor), {
    ...sent,
    query: { taskId, sha256: sum("other") },
  });
  expect([other.status, reasonOf(other)]).toEqual([409, "id_taken"]);
  expect(reasonOf(await put(as(team.owner), sent))).toBe("id_taken");
});

test("sent several times at once it is one file, and the same bytes are stored once", async () => {
  const id = randomUUID();
  const body = "at the same time";
  const answers = await Promise.all([1, 2, 3].map(() => put(as(team.editor), { id, body })));
  expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
  const another = await put(as(team.editor), { body, name: "another name.txt" });
  expect(another.status).toBe(201);
  const { db, files } = server.api.services;
  const objects = (await db.select().from(schema.fileObjects)).filter(
    ({ sha256 }) => sha256 === sum(body),
  );
  expect(objects).toHaveLength(1);
  const stored: string[] = [];
  for await (const { key, size } of files.list()) if (size === body.length) stored.push(key);
  expect(stored).toEqual([objects[0]?.id]);
});

test("what arrives damaged or not at all leaves nothing behind", async () => {
  const keys = async () => {
    const found: string[] = [];
    for await (const { key } of server.api.services.files.list()) found.push(key);
    return found.sort();
  };
  const before = await keys();
  const damaged = await put(as(team.editor), { query: { taskId, sha256: sum("something else") } });
  expect([damaged.status, reasonOf(damaged)]).toEqual([400, "checksum_mismatch"]);
  const id = randomUUID();
  const broken = request(`${server.url}/files/${id}?taskId=${taskId}&name=a.txt`, {
    method: "PUT",
    headers: { ...as(team.editor), "content-length": 1_000 },
  });
  const ended = new Promise((resolve) => broken.once("error", resolve));
  broken.write("only this", () => broken.destroy());
  await ended;
  expect((await get(id, as(team.editor))).status).toBe(404);
  // The same id once more, whole: nothing of the first is in its way.
  expect((await put(as(team.editor), { id })).status).toBe(201);
  expect(await keys()).toHaveLength(before.length + 1);
});

describe("who may do what", () => {
  test("over HTTP it is as in the matrix: by role, for strangers, for what is gone", async () => {
    const secret = await team.owner.call.projects.create({
      workspaceId: team.workspaceId,
      name: "Secret",
      key: "SEC",
      visibility: "private",
    });
    const file = async (projectId: string) =>
      (await put(as(team.owner), { query: { projectId } })).id;
    const [own, hidden, gone] = [
      await file(team.project.id),
      await file(secret.id),
      await file(team.project.id),
    ];
    await team.owner.call.files.delete({ id: gone });
    const { token } = await team.owner.call.tokens.create({ name: "R", scope: "read", days: 1 });
    const people: [string, Headers, number[], (number | string)[]][] = [
      // GET own, hidden, gone, never; PUT to the project, to the hidden one.
      ["owner", as(team.owner), [200, 200, 404, 404], [201, 201]],
      ["editor", as(team.editor), [200, 404, 404, 404], [201, "not_found"]],
      ["viewer", as(team.viewer), [200, 404, 404, 404], ["role_too_low", "not_found"]],
      ["stranger", as(team.stranger), [404, 404, 404, 404], ["not_found", "not_found"]],
      ["nobody", {}, [401, 401, 401, 401], ["signed_out", "signed_out"]],
      [
        "read token",
        { authorization: `Bearer ${token}` },
        [200, 200, 404, 404],
        ["token_read_only", "token_read_only"],
      ],
    ];
    for (const [who, headers, mayRead, maySend] of people) {
      const read = await Promise.all(
        [own, hidden, gone, randomUUID()].map(async (id) => (await get(id, headers)).status),
      );
      const sent = await Promise.all(
        [team.project.id, secret.id].map((projectId) => put(headers, { query: { projectId } })),
      );
      const told = sent.map((s) => (s.status === 201 ? 201 : reasonOf(s)));
      expect([who, read, told]).toEqual([who, mayRead, maySend]);
    }
  });

  test("a signed address is good for its file and its person, as long as they may see it", async () => {
    const guest = await server.api.person("Guest");
    await team.join(guest.user.id, "viewer");
    const { id } = await put(as(team.editor), { body: "for a guest" });
    const { path } = await guest.call.files.url({ id });
    const signed = (address: string) => fetch(server.url + address).then((r) => r.status);
    expect(await signed(path)).toBe(200);
    const { id: other } = await put(as(team.editor));
    expect(await signed(path.replace(id, other))).toBe(404);
    expect(await signed(path.replace(/until=(\d+)/, (_, s) => `until=${Number(s) + 60}`))).toBe(
      404,
    );
    expect(await signed(path.replace(guest.user.id, team.owner.user.id))).toBe(404);
    expect(await signed(path.replace(/signature=./, "signature="))).toBe(404);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 301_000 });
    expect(await signed(path)).toBe(404);
    vi.useRealTimers();
    expect(await signed(path)).toBe(200);
    await server.api.services.db.update(schema.users).set({ isAdministrator: true });
    const { instance } = team.owner.call;
    await instance.deactivate({ userId: guest.user.id });
    expect(await signed(path)).toBe(404);
    await instance.reactivate({ userId: guest.user.id });
    expect(await signed(path)).toBe(200);
    await team.owner.call.members.remove({
      workspaceId: team.workspaceId,
      userId: guest.user.id,
    });
    expect(await signed(path)).toBe(404);
  });

  test("another site's page sends nothing with the cookie of whoever looks at it", async () => {
    const { services } = server.api;
    const client = { address: "127.0.0.1", userAgent: "test" };
    const { cookie } = await services.sessions.open(team.editor.user.id, client);
    const headers = { cookie: cookie.split(";")[0] ?? "" };
    expect(reasonOf(await put({ ...headers, origin: "https://evil.example" }))).toBe(
      "origin_not_allowed",
    );
    expect(reasonOf(await put(headers))).toBe("origin_not_allowed");
    expect((await put({ ...headers, origin: server.url })).status).toBe(201);
    const expectedUser = { "x-guildhall-speaks-for": team.owner.user.id };
    expect(reasonOf(await put({ ...headers, origin: server.url, ...expectedUser }))).toBe(
      "signed_out",
    );
  });
});

test("older versions and thumbnails are behind the same check, and so is a new version", async () => {
  const { id } = await put(as(team.editor), { body: PNG, name: "dot.png" });
  const ask = async (rest: string, headers = as(team.viewer)) => {
    const got = await get(id, headers, rest);
    return [got.status, got.headers.get("content-type"), await got.text()] as const;
  };
  await expect.poll(async () => (await ask("?thumbnail"))[0]).toBe(200);
  expect((await ask("?thumbnail"))[1]).toBe("image/webp");
  const replace = (headers: Headers, more: Sent = {}) =>
    put(headers, { body: "two", name: "two.txt", query: { replaces: id }, ...more });
  expect(reasonOf(await replace(as(team.viewer)))).toBe("role_too_low");
  expect(reasonOf(await replace(as(team.stranger)))).toBe("not_found");
  const sent = await replace(as(team.editor), { id: randomUUID() });
  expect(sent).toMatchObject({ status: 201, answer: { name: "dot.png", type: "text/plain" } });
  // Sent again it is the same version; to another file its id is taken.
  expect(await replace(as(team.editor), { id: sent.id })).toEqual(sent);
  const { id: other } = await put(as(team.editor), { body: "other" });
  const elsewhere = { id: sent.id, query: { replaces: other } };
  expect(reasonOf(await replace(as(team.editor), elsewhere))).toBe("id_taken");
  expect(await ask("")).toEqual([200, "text/plain; charset=utf-8", "two"]);
  expect((await ask("?version=1"))[1]).toBe("image/png");
  expect((await ask("?version=1&thumbnail"))[1]).toBe("image/webp");
  for (const rest of ["", "?version=1", "?version=2", "?version=1&thumbnail"]) {
    expect([rest, (await ask(rest, as(team.stranger)))[0]]).toEqual([rest, 404]);
    expect([rest, (await ask(rest, {}))[0]]).toEqual([rest, 401]);
  }
  for (const rest of ["?thumbnail", "?version=3", "?version=0", "?version=../1"]) {
    expect([rest, (await ask(rest))[0]]).toEqual([rest, 404]);
  }
  await team.editor.call.files.delete({ id });
  expect((await ask("?version=1"))[0]).toBe(404);
});

describe("what is given out", () => {
  // Marks that would turn the name are kept, and seen by whoever saves it.
  test.each([
    ["Bericht für Müller.txt", "Bericht für Müller.txt"],
    [`"quoted" 'and' %41 ; back\\slash.txt`, `"quoted" 'and' %41 ; back\\slash.txt`],
    [
      "\u202Efdp.exe \u{1F600} スクリーンショット.png",
      "\u202Efdp.exe \u{1F600} スクリーンショット.png",
    ],
    [LONG, LONG],
    ["Cafe\u0301 \u200Fעברית\u200E.txt", "Cafe\u0301 \u200Fעברית\u200E.txt"],
    ["../../etc/passwd", "passwd"],
    ["  spaces  ", "  spaces  "],
  ])("the name %j round-trips", async (given, kept) => {
    const { id, answer } = await put(as(team.editor), { name: given });
    expect(answer.name).toBe(kept);
    const told = (await get(id, as(team.viewer))).headers.get("content-disposition") ?? "";
    expect(decodeURIComponent(/filename\*=UTF-8''(.*)$/.exec(told)?.[1] ?? "")).toBe(
      kept.replace(/[\u202e\u200f\u200e]/g, "\ufffd"),
    );
    expect(told).toMatch(/^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w.!#$&+^`|~%-]+$/);
  });

  test.each(["", "..", "a\nb", "x".repeat(256), "dir/"])("the name %j is refused", async (name) => {
    expect(reasonOf(await put(as(team.editor), { name }))).toBe("bad_input");
  });

  test.each<[string, string | Buffer, string, "inline" | "attachment"]>([
    ["x.html", PNG, "image/png", "inline"],
    ["x.png", "<!doctype html><script>alert(1)</script>", "text/html", "attachment"],
    [
      "x.png",
      "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
      "image/svg+xml",
      "attachment",
    ],
    [
      "x.svg",
      Buffer.from("\ufeff<svg onload='alert(1)'/>", "utf16le"),
      "image/svg+xml",
      "attachment",
    ],
    ["x.jpg", "just text", "text/plain", "attachment"],
    ["x.csv", "a,b\n", "text/csv", "attachment"],
    ["x.pdf", "%PDF-1.7 …", "application/pdf", "inline"],
    ["x.txt", Buffer.from([1, 2, 3, 0, 255]), "application/octet-stream", "attachment"],
    ["empty.png", "", "text/plain", "attachment"],
  ])(
    "%s is called what it is inside, and only shown when it is harmless",
    async (name, body, type, kind) => {
      const { id, answer } = await put(as(team.editor), { name, body });
      expect(answer.type).toBe(type);
      const { headers, status } = await get(id, as(team.viewer));
      expect(status).toBe(200);
      expect(headers.get("content-type")?.split(";")[0]).toBe(type);
      expect(headers.get("content-disposition")?.split(";")[0]).toBe(kind);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("cache-control")).toBe("private, no-cache");
      const csp = headers.get("content-security-policy") ?? "";
      expect(csp).toContain("default-src 'none'");
      if (type !== "application/pdf") expect(csp).toMatch(/; sandbox$/);
      const asFile = await get(id, as(team.viewer), "/name?download");
      expect(asFile.headers.get("content-disposition")).toMatch(/^attachment/);
    },
  );

  test("a range of it, for players that seek", async () => {
    const { id } = await put(as(team.editor), { body: "0123456789" });
    const ask = async (range: string, more: Headers = {}) => {
      const got = await get(id, { ...as(team.viewer), range, ...more });
      return [got.status, got.headers.get("content-range"), await got.text()];
    };
    expect(await ask("bytes=2-4")).toEqual([206, "bytes 2-4/10", "234"]);
    expect(await ask("bytes=7-")).toEqual([206, "bytes 7-9/10", "789"]);
    expect(await ask("bytes=-3")).toEqual([206, "bytes 7-9/10", "789"]);
    expect(await ask("bytes=5-99")).toEqual([206, "bytes 5-9/10", "56789"]);
    expect(await ask("bytes=10-")).toEqual([416, "bytes */10", ""]);
    expect(await ask("bytes=-0")).toEqual([416, "bytes */10", ""]);
    expect(await ask("bytes=-99")).toEqual([206, "bytes 0-9/10", "0123456789"]);
    expect(await ask("lines=1-2")).toEqual([200, null, "0123456789"]);
    expect(await ask("bytes=0-1", { "if-range": `"${sum("0123456789")}"` })).toEqual([
      ...[206, "bytes 0-1/10", "01"],
    ]);
    expect(await ask("bytes=0-1,3-4")).toEqual([200, null, "0123456789"]);
    expect(await ask("bytes=0-1", { "if-range": '"old"' })).toEqual([200, null, "0123456789"]);
  });
});
