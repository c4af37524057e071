/**
 * Every way in which something leaves as a file, by the action that the audit log has for it: one that is audited and
 * not in this table does not compile. Each is refused to who has less than the workspace or the project asks.
 */
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveFiles } from "../../testing/workspace-archives.ts";
import type { AuditActionName } from "../audit/actions.ts";

let api: TestApi;
let server: Awaited<ReturnType<typeof serveFiles>>;
beforeAll(async () => {
  api = await startTestApi();
  server = await serveFiles(api);
});
afterAll(async () => {
  server.stop();
  await api.stop();
});

type Place = { workspaceId: string; projectId: string; documentId: string; folderId: string };
/** "given", or the reason why not. */
type Way = (person: TestPerson, place: Place) => Promise<string>;

async function fetchFile(person: TestPerson, address: string): Promise<Response> {
  return fetch(`${server.url}/files/exports/${address}`, {
    headers: { authorization: person.token },
  });
}

const overHttp =
  (address: (place: Place) => string): Way =>
  async (person, place) => {
    const answer = await fetchFile(person, address(place));
    if (answer.ok) return answer.arrayBuffer().then(() => "given");
    return String(((await answer.json()) as { reason?: string }).reason);
  };

const called =
  (call: (person: TestPerson, place: Place) => Promise<unknown>): Way =>
  (person, place) =>
    call(person, place).then(
      () => "given",
      (error) => String(error.reason),
    );

/** One's own data is one's own: own/own-data.test.ts. */
type Exported = Exclude<Extract<AuditActionName, `${string}xported`>, "account.exported">;

const ofDocument = ({ workspaceId, documentId }: Place) =>
  `${workspaceId}?documentId=${documentId}`;
const ways: Record<Exported, Record<string, Way>> = {
  "tasks.exported": {
    "tasks as CSV": called(({ call }, { projectId }) => call.exports.tasksCsv({ projectId })),
  },
  "documents.exported": {
    "a document as Markdown": overHttp((place) => `${ofDocument(place)}&as=markdown`),
    "a document as a page": overHttp((place) => `${ofDocument(place)}&as=html`),
    "a document with its files": overHttp(ofDocument),
    "a folder": overHttp(({ workspaceId, folderId }) => `${workspaceId}?documentId=${folderId}`),
    "a project's documents": overHttp(
      ({ workspaceId, projectId }) => `${workspaceId}?projectId=${projectId}`,
    ),
    "the workspace's documents": overHttp(({ workspaceId }) => workspaceId),
  },
  "workspace.auditExported": {
    "the audit log as CSV": overHttp(({ workspaceId }) => `audit/${workspaceId}?format=csv`),
    "the audit log as JSON lines": overHttp(
      ({ workspaceId }) => `audit/${workspaceId}?format=jsonl`,
    ),
  },
  "workspace.exported": {
    "all of the workspace": overHttp(({ workspaceId }) => `workspace/${workspaceId}`),
  },
  "instance.auditExported": {
    "the server's audit log": overHttp(() => "audit/instance?format=csv"),
  },
};

async function settle(team: Team): Promise<Place> {
  const { call } = team.owner;
  const { workspaceId, project } = team;
  const here = { workspaceId, projectId: project.id };
  const folder = await call.documents.create({ ...here, kind: "folder", title: "Plans" });
  const inFolder = { ...here, parentId: folder.id, title: "Plan" };
  const { id: documentId } = await call.documents.create(inFolder);
  await team.task();
  return { ...here, documentId, folderId: folder.id };
}

/** Whom each setting lets take what is theirs to see. */
const allowed = { viewer: [0, 1, 2], editor: [0, 1], owner: [0] } as const;
const content = { ...ways["tasks.exported"], ...ways["documents.exported"] };

describe.each(["viewer", "editor", "owner"] as const)("when it takes a role of %s", (least) => {
  test.each(Object.entries(content))("%s", async (name, way) => {
    const team = await makeTeam(api);
    const { owner, editor, viewer, stranger } = team;
    const place = await settle(team);
    const people = [owner, editor, viewer];
    const asked = () => Promise.all(people.map((person) => way(person, place)));
    const expected = people.map((_, n) =>
      (allowed[least] as readonly number[]).includes(n) ? "given" : "role_too_low",
    );
    const { workspaceId, projectId } = place;
    await owner.call.workspaces.update({ workspaceId, patch: { exporterRole: least } });
    expect(await asked()).toEqual(expected);
    expect(await way(stranger, place)).toBe("not_found");
    // A project may ask for more than the workspace does, and not for less.
    await owner.call.projects.update({ id: projectId, patch: { exporterRole: "viewer" } });
    expect(await asked()).toEqual(expected);
    await owner.call.workspaces.update({ workspaceId, patch: { exporterRole: "viewer" } });
    await owner.call.projects.update({ id: projectId, patch: { exporterRole: least } });
    const ofAll = name === "the workspace's documents";
    expect(await asked()).toEqual(ofAll ? Array(3).fill("given") : expected);
  });
});

test("what is exported as part of a whole is what one may export by itself", async () => {
  const team = await makeTeam(api);
  const { owner, editor } = team;
  const { workspaceId, projectId, documentId } = await settle(team);
  await owner.call.workspaces.update({ workspaceId, patch: { exporterRole: "editor" } });
  const shared = await owner.call.documents.create({ workspaceId, title: "Shared" });
  const names = async (address: string) => {
    const zip = await (await fetchFile(editor, address)).arrayBuffer();
    return Object.keys(unzipSync(new Uint8Array(zip))).map((name) => name.split("/").at(-1));
  };
  expect(await names(workspaceId)).toEqual(expect.arrayContaining(["Plan.md", "Shared.md"]));
  const only = { userId: editor.user.id, role: "viewer" } as const;
  await owner.call.documents.setMember({ id: documentId, ...only });
  expect(await names(workspaceId)).not.toContain("Plan.md");
  expect(await names(`${workspaceId}?projectId=${projectId}`)).not.toContain("Plan.md");
  await owner.call.documents.setMember({ id: shared.id, ...only });
  expect(await names(workspaceId)).not.toContain("Shared.md");
});

const ofOwners = { ...ways["workspace.auditExported"], ...ways["workspace.exported"] };

test.each(Object.entries(ofOwners))("%s is its owners'", async (_, way) => {
  const team = await makeTeam(api);
  const place = await settle(team);
  const { owner, editor, viewer, stranger } = team;
  const people = [owner, editor, viewer, stranger];
  const told = await Promise.all(people.map((person) => way(person, place)));
  expect(told).toEqual(["given", "role_too_low", "role_too_low", "not_found"]);
});

test.each(Object.entries(ways["instance.auditExported"]))(
  "%s is its administrators'",
  async (_, way) => {
    const team = await makeTeam(api);
    const place = await settle(team);
    expect(await way(team.editor, place)).toBe("administrators_only");
  },
);
