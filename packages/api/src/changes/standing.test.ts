/**
 * What has become private is given to nobody who may not see it now: whatever it is, however it came
 * there, and whichever way somebody reads the feed.
 */

import { emptyDocument, writeDocument } from "@guildhall/document-model";
import { startTestApi, type TestApi, type TestPerson } from "@guildhall/testing/api";
import { makeTeam, type Team } from "@guildhall/testing/team";
import { uuidv7 } from "uuidv7";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { followBySocket, readers } from "../../testing/readers.ts";
import { storeFile } from "../files/upload/store-file.ts";
import type { FeedEvent } from "../live/protocol.ts";

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const SECRET = /secret/i;
const PARTS = ["document", "documentThread", "comment", "documentVersion", "file"];

type Stage = Awaited<ReturnType<typeof furnish>>;

/** A document with one of everything that hangs on it, below a folder in the open. */
async function furnish(team: Team) {
  const { owner, workspaceId, project } = team;
  const { documents, projects, threads } = owner.call;
  const make = async (title: string, place: { projectId?: string; parentId?: string } = {}) =>
    (await documents.create({ workspaceId, ...place, title })).id as string;
  const closed = async (key: string) => {
    const made = { workspaceId, name: "Closed", key, visibility: "private" } as const;
    return (await projects.create(made)).id as string;
  };
  const hidden = async (title: string) => {
    const id = await make(title);
    await documents.setVisibility({ id, visibility: "private" });
    return id;
  };
  const stage = {
    ...team,
    documents,
    projects,
    openProject: project.id as string,
    closedProject: await closed("ONE"),
    otherClosedProject: await closed("TWO"),
    hiddenFolder: await hidden("Behind a door"),
    folder: await make("In the open"),
  };
  const above = await make("Above", { parentId: stage.folder });
  const id = await make("Secret plan", { parentId: above });
  const anchor = { from: "AQAA", to: "AQAB" };
  const said = { anchor, quote: "secret words", comment: { body: "A secret answer" } };
  const { thread } = await threads.begin({ documentId: id, ...said });
  await threads.resolve({ id: thread.id });
  const update = Buffer.from(writeDocument(emptyDocument())).toString("base64");
  await documents.push({ documentId: id, id: uuidv7(), update });
  await documents.nameVersion({ documentId: id, name: "Secret version" });
  const writer = { services: api.services, actor: { user: owner.user }, path: "files.upload" };
  const file = { name: "secret.txt", place: { documentId: id }, content: Buffer.from("x") };
  await storeFile(writer, file);
  const to = async (projectId: string | null, parentId: string | null = null) =>
    void (await documents.move({ id, projectId, parentId }));
  return { ...stage, id, above, to };
}

/** Each leaves the document where a newcomer may see it, or not; or in the bin of what they may see. */
const moves: [string, "seen" | "hidden" | "deleted", (stage: Stage) => Promise<unknown>][] = [
  ["stays", "seen", async () => {}],
  [
    "is made private",
    "hidden",
    ({ documents, id }) => documents.setVisibility({ id, visibility: "private" }),
  ],
  [
    "stands below what is made private",
    "hidden",
    ({ documents, folder }) => documents.setVisibility({ id: folder, visibility: "private" }),
  ],
  ["is moved below a private folder", "hidden", ({ to, hiddenFolder }) => to(null, hiddenFolder)],
  [
    "is moved there with the folder that it stands in",
    "hidden",
    ({ documents, above, hiddenFolder }) =>
      documents.move({ id: above, projectId: null, parentId: hiddenFolder }),
  ],
  [
    "is moved from an open project into a private one",
    "hidden",
    async ({ to, openProject, closedProject }) => {
      await to(openProject);
      await to(closedProject);
    },
  ],
  [
    "is moved from an open project to a private one, back, and to another",
    "hidden",
    async ({ to, openProject, closedProject, otherClosedProject }) => {
      for (const project of [openProject, closedProject, openProject, otherClosedProject]) {
        await to(project);
      }
    },
  ],
  [
    "stands in a project that is made private",
    "hidden",
    async ({ to, openProject, projects }) => {
      await to(openProject);
      await projects.update({ id: openProject, patch: { visibility: "private" } });
    },
  ],
  [
    "is made private and comes into the open again",
    "seen",
    async ({ documents, id }) => {
      await documents.setVisibility({ id, visibility: "private" });
      await documents.setVisibility({ id, visibility: "inherited" });
    },
  ],
  [
    "is moved into a private project and back",
    "seen",
    async ({ to, openProject, closedProject }) => {
      await to(closedProject);
      await to(openProject);
    },
  ],
  ["is in the bin", "deleted", ({ documents, id }) => documents.delete({ id })],
  [
    "is private, and in the bin",
    "hidden",
    async ({ documents, id }) => {
      await documents.setVisibility({ id, visibility: "private" });
      await documents.delete({ id });
    },
  ],
  [
    "is deleted for ever",
    "hidden",
    async ({ documents, id }) => {
      await documents.delete({ id });
      await documents.purge({ id });
    },
  ],
  [
    "comes out of the bin, as private as the folder that is gone",
    "hidden",
    async ({ documents, id, folder }) => {
      await documents.setVisibility({ id: folder, visibility: "private" });
      await documents.delete({ id });
      await documents.delete({ id: folder });
      await documents.restoreFromTrash({ id });
    },
  ],
  [
    "comes out of the bin in the open",
    "seen",
    async ({ documents, id }) => {
      await documents.delete({ id });
      await documents.restoreFromTrash({ id });
    },
  ],
];

const entitiesWith = (events: FeedEvent[], words: RegExp) =>
  new Set(events.filter((each) => words.test(JSON.stringify(each))).map(({ entity }) => entity));

/** Of one document, as a client keeps what it is told: null once it must forget it. */
function keep(events: FeedEvent[], { id, userId }: { id: string; userId: string }) {
  let row: { areaId: string | null; projectId: string | null } | null = null;
  for (const event of events) {
    if (event.entity === "document" && event.id === id) row = event.row;
    if (event.entity !== "access" && event.entity !== "documentAccess") continue;
    if (!event.row || event.row.userId !== userId || event.row.role) continue;
    if (row?.areaId === event.id || row?.projectId === event.id) row = null;
  }
  return row;
}

async function newcomer(team: Team): Promise<TestPerson> {
  const person = await api.person("Nora");
  await team.join(person.user.id, "viewer");
  return person;
}

describe.each(moves)("a document that %s", (_what, outcome, move) => {
  test.each([
    ["from Postgres", false],
    ["from a worker's memory", true],
  ])("read %s", async (_where, isRemembered) => {
    const team = await makeTeam(api);
    const { owner, viewer, workspaceId, position } = team;
    const seq = isRemembered ? await position() : 0;
    const place = { workspaceId, seq };
    const live = isRemembered ? await followBySocket(api, viewer, place) : null;
    const stage = await furnish(team);
    const before = await viewer.call.changes.since(place);
    await move(stage);
    const late = await newcomer(team);
    await owner.call.workspaces.update({ workspaceId, patch: { name: "The end" } });
    const until = await position();
    const read = await late.call.documents.get({ id: stage.id }).catch(() => null);
    expect(read !== null).toBe(outcome === "seen");
    const kept = { id: stage.id, userId: late.user.id };
    for (const [how, read] of Object.entries(readers)) {
      const events = await read(api, late, { ...place, until });
      const found = entitiesWith(events, SECRET);
      if (outcome === "hidden") expect([...found], how).toEqual([]);
      else expect(found, how).toContain("document");
      expect(keep(events, kept) !== null, how).toBe(outcome === "seen");
      const owners = await read(api, owner, { ...place, until });
      expect([...entitiesWith(owners, SECRET)].sort(), how).toEqual(PARTS.toSorted());
    }

    const theirs = { id: stage.id, userId: viewer.user.id };
    const missed = await viewer.call.changes.since({ workspaceId, seq: before.seq });
    expect(entitiesWith(before.changes, SECRET).size).toBe(PARTS.length);
    const all = [...before.changes, ...missed.changes];
    expect(keep(all, theirs) !== null).toBe(outcome === "seen");
    await live?.until(until);
    if (live) expect(keep(live.events, theirs) !== null).toBe(outcome === "seen");
    live?.close();
  });
});
