/**
 * Every address of a file and of an export, asked by a guest about what they were not let into: the same
 * answer, to the letter, as about what was never there.
 */
import { randomUUID } from "node:crypto";
import type { TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestSockets } from "../../testing/sockets.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let server: Awaited<ReturnType<typeof startTestSockets>>;
let team: Team;
let guest: TestPerson;
type Place = Awaited<ReturnType<typeof makePlace>>;
let open: Place;
let hidden: Place;
beforeAll(async () => {
  server = await startTestSockets();
  team = await makeTeam(server.api);
  guest = await server.api.person("Gus");
  await team.join(guest.user.id, "guest");
  open = await makePlace("OPN");
  hidden = await makePlace("HID");
  const letIn = { projectId: open.projectId, userId: guest.user.id, role: "editor" } as const;
  await team.owner.call.projects.setMember(letIn);
});
afterAll(() => server.stop());

const as = ({ token }: TestPerson) => ({ authorization: `Bearer ${token}` });

async function upload(place: Record<string, string>, name: string, body: Buffer) {
  const id = randomUUID();
  const query = new URLSearchParams({ ...place, name });
  const sent = await fetch(`${server.url}/files/${id}?${query}`, {
    ...{ method: "PUT", headers: as(team.owner), body: new Uint8Array(body) },
  });
  expect(sent.status).toBe(201);
  return id;
}

/** A project with a task and a document, a file in each, and an upload that has begun. */
async function makePlace(key: string) {
  const { call } = team.owner;
  const { workspaceId } = team;
  const { id: projectId } = await call.projects.create({ workspaceId, name: `Is ${key}`, key });
  const { id: taskId } = await call.tasks.create({ projectId, title: `Task of ${key}` });
  const { id: documentId } = await call.documents.create({ workspaceId, projectId, title: key });
  const text = await upload({ taskId }, "a.txt", Buffer.from(`Text of ${key}`));
  const picture = await upload({ documentId }, "a.png", PNG);
  const plan = await upload({ projectId }, "plan.txt", Buffer.from("Plan"));
  await upload({ replaces: text }, "a.txt", Buffer.from(`Newer text of ${key}`));
  const begun = randomUUID();
  await call.files.begin({ id: begun, taskId, name: "film", size: 20e6 });
  return { projectId, taskId, documentId, files: [text, picture, plan], begun };
}

type Asked = { path: string; method?: string; headers?: Record<string, string>; body?: string };

/** All that an answer tells: without what differs of any two. */
async function told({ path, method = "GET", headers = {}, body }: Asked) {
  const response = await fetch(server.url + path, {
    ...{ method, headers: { ...as(guest), ...headers }, redirect: "manual" },
    ...(body !== undefined && { body }),
  });
  const same = [...response.headers].filter(([name]) => !/^(date|x-request-id)$/.test(name));
  const text = (await response.text()).replace(/"requestId":"[^"]+"/, "");
  return { status: response.status, headers: same, text };
}

const nobodys = () => ({
  ...{ projectId: randomUUID(), taskId: randomUUID(), documentId: randomUUID() },
  ...{ files: [randomUUID(), randomUUID(), randomUUID()], begun: randomUUID() },
});

function* everyAddress({ projectId, taskId, documentId, files, begun }: Place): Generator<Asked> {
  for (const id of files) {
    for (const method of ["GET", "HEAD"]) {
      yield* ["", "/a.txt", "?download", "?thumbnail", "?version=1"].map((rest) => ({
        ...{ path: `/files/${id}${rest}`, method },
      }));
    }
    yield { path: `/files/${id}`, headers: { range: "bytes=0-1" } };
    yield { path: `/files/${id}`, headers: { "if-none-match": "*" } };
    yield { path: `/files/${randomUUID()}?replaces=${id}&name=b`, method: "PUT", body: "b" };
  }
  for (const [field, id] of Object.entries({ projectId, taskId, documentId })) {
    const query = new URLSearchParams({ [field]: id, name: "b.txt" });
    yield { path: `/files/${randomUUID()}?${query}`, method: "PUT", body: "b" };
  }
  yield { path: `/files/${begun}/parts/1`, method: "PUT", body: "b" };
  const exports = `/files/exports/${team.workspaceId}`;
  for (const form of ["zip", "markdown", "html"]) {
    yield { path: `${exports}?documentId=${documentId}&as=${form}` };
  }
  yield { path: `${exports}?projectId=${projectId}` };
}

test("what a guest was not let into is at none of these addresses, as what never was", async () => {
  const asked = [...everyAddress(hidden)];
  const never = [...everyAddress(nobodys())];
  expect(asked.length).toBe(never.length);
  for (const [n, each] of asked.entries()) {
    const name = `${each.method ?? "GET"} ${each.path}`;
    const answer = await told(each);
    expect(answer.status, name).toBe(404);
    expect(answer, name).toEqual(await told(never[n] ?? each));
  }
});

test("what they were let into they are given, at the same addresses", async () => {
  const [text, picture, plan] = open.files;
  expect((await told({ path: `/files/${text}` })).text).toBe("Newer text of OPN");
  expect((await told({ path: `/files/${text}?version=1` })).text).toBe("Text of OPN");
  for (const id of [picture, plan]) {
    expect((await told({ path: `/files/${id}?download` })).status).toBe(200);
  }
  const exports = `/files/exports/${team.workspaceId}`;
  const page = await told({ path: `${exports}?documentId=${open.documentId}&as=html` });
  expect(page.status).toBe(200);
  // All that they may have, and nothing of the rest.
  const zip = await told({ path: exports });
  expect(zip.status).toBe(200);
  expect(zip.text).toContain("OPN.md");
  expect(zip.text).not.toContain("HID");
});

test("the audit log is no guest's", async () => {
  const { status, text } = await told({
    path: `/files/exports/audit/${team.workspaceId}?format=csv`,
  });
  expect(status).toBe(403);
  expect(text).not.toContain("HID");
});
