/** For tests: a workspace or a project with one of everything, made as it is asked for. */
import { schema } from "@guildhall/db";
import { emptyDocument, writeDocument } from "@guildhall/document-model";
import type { TestApi, TestPerson } from "@guildhall/testing/api";
import { uuidv7 } from "uuidv7";
import { invariant } from "../src/core/errors.ts";
import { storeFile } from "../src/files/upload/store-file.ts";

export type World = Awaited<ReturnType<typeof makeWorld>>;

/** Short, and never twice in a run: for keys of projects and names that must be unique. */
let keys = 0;
const freeKey = () => `K${(keys++).toString(36).toUpperCase().padStart(4, "0")}`;

/** Somebody by name, or all of a group. */
export type LetIn = { userId: string } | { groupId: string };

type Place = {
  owner: TestPerson;
  workspaceId: string;
  private?: boolean;
  /** These were let into its projects as editors. */
  guests?: LetIn[];
  /** All of its documents are in a folder, into which these were let as viewers. */
  folderFor?: LetIn[];
};

/** Ids of things that exist in one project; each call makes a new thing. */
export async function makeWorld(api: TestApi, place: Place) {
  const { owner, workspaceId } = place;
  const { call } = owner;
  const visibility = place.private ? "private" : "open";
  const makeProject = async () => {
    const made = await call.projects.create({
      workspaceId,
      name: "App",
      key: freeKey(),
      visibility,
    });
    for (const who of place.guests ?? []) {
      const given = { projectId: made.id, role: "editor" } as const;
      if ("userId" in who) await call.projects.setMember({ ...given, ...who });
      else await call.projects.setGroup({ ...given, ...who });
    }
    return made;
  };
  const project = await makeProject();
  const projectId = project.id;
  const task = () => call.tasks.create({ projectId, title: "A task" });
  const statusId = invariant(project.statuses[0], "a new project has statuses").id;
  const person = async () => (await api.person("Guest")).user.id;
  const member = async () => {
    const userId = await person();
    await api.join(workspaceId, userId, "viewer");
    return userId;
  };
  const group = async () => {
    const id = uuidv7();
    await call.groups.create({ id, workspaceId, name: freeKey() });
    return id as string;
  };
  const author = await api.person("Ada");
  const asAuthor = { userId: author.user.id, role: "viewer" } as const;
  await api.join(workspaceId, author.user.id, "viewer");
  await call.projects.setMember({ projectId, ...asAuthor });
  /** By somebody who is nobody else in the test. */
  const comment = async () =>
    (await author.call.comments.create({ taskId: (await task()).id, body: "A comment" })).id;
  const checklist = async () => {
    const { id: checklistId } = await call.checklists.create({
      taskId: (await task()).id,
      title: "A list",
    });
    const [item] = await call.checklists.addItems({ checklistId, items: [{ text: "An item" }] });
    return { checklistId: checklistId as string, itemId: invariant(item, "it was added").id };
  };
  const folder = place.folderFor
    ? await call.documents.create({ workspaceId, projectId, kind: "folder" })
    : null;
  for (const who of place.folderFor ?? []) {
    const given = { id: invariant(folder, "it was made for them").id, role: "viewer" } as const;
    if ("userId" in who) await call.documents.setMember({ ...given, ...who });
    else await call.documents.setGroup({ ...given, ...who });
  }
  const makeDocument = () =>
    call.documents.create({ workspaceId, projectId, parentId: folder?.id ?? null });
  /** By the same author as the comments of tasks. */
  const documentThread = async () => {
    const { id: documentId } = await makeDocument();
    const said = { anchor: { from: "AQAA", to: "AQAB" }, quote: "words", comment: { body: "Hm" } };
    const begun = await author.call.threads.begin({ documentId, ...said });
    return { documentId, threadId: begun.thread.id, commentId: begun.comment.id };
  };
  const file = async () => {
    const place = { taskId: (await task()).id };
    const writer = { services: api.services, actor: { user: owner.user }, path: "files.upload" };
    const content = Buffer.from("A file.");
    return (await storeFile(writer, { name: "a.txt", place, content })).id;
  };
  const document = async () => (await makeDocument()).id as string;
  const documentVersion = async () => {
    const { id: documentId } = await makeDocument();
    const update = Buffer.from(writeDocument(emptyDocument())).toString("base64");
    await call.documents.push({ documentId, id: uuidv7(), update });
    const { id: versionId } = await call.documents.nameVersion({ documentId, name: "First" });
    return { documentId: documentId as string, versionId: versionId as string };
  };
  return {
    workspaceId,
    projectId: projectId as string,
    statusId,
    taken: owner.user.email,
    freeKey,
    never: () => uuidv7() as string,
    person,
    member,
    project: async () => (await makeProject()).id as string,
    task: async () => (await task()).id,
    taskKey: async () => (await task()).key,
    comment,
    checklist,
    documentThread,
    documentVersion,
    file,
    deletedFile: async () => (await call.files.delete({ id: await file() })).id,
    document,
    deletedDocument: async () => (await call.documents.delete({ id: await document() })).id,
    /** A person with a role of their own in the document. */
    documentMember: async (id: string) => {
      const userId = await member();
      await call.documents.setMember({ id, userId, role: "editor" });
      return userId;
    },
    deletedTask: async () => (await call.tasks.delete({ id: (await task()).id })).id,
    deletedComment: async () => (await call.comments.delete({ id: await comment() })).id,
    projectMember: async () => {
      const userId = await member();
      await call.projects.setMember({ projectId, userId, role: "editor" });
      return userId;
    },
    group,
    groupWithMember: async () => {
      const [id, userId] = [await group(), await member()];
      await call.groups.addMembers({ id, userIds: [userId] });
      return { id, userIds: [userId] };
    },
    projectGroup: async () => {
      const groupId = await group();
      await call.projects.setGroup({ projectId, groupId, role: "editor" });
      return groupId;
    },
    documentGroup: async (id: string) => {
      const groupId = await group();
      await call.documents.setGroup({ id, groupId, role: "editor" });
      return groupId;
    },
    status: async () => {
      const id = uuidv7();
      await call.statuses.create({ id, projectId, name: freeKey(), category: "started" });
      return id as string;
    },
    label: async () => {
      const id = uuidv7();
      await call.labels.create({ id, projectId, name: freeKey(), color: "#112233" });
      return id as string;
    },
    invitation: async () =>
      (await call.invitations.create({ workspaceId, email: "guest@example.com", role: "viewer" }))
        .id,
    importId: async () => {
      const id = uuidv7();
      await api.services.db.insert(schema.imports).values({
        id,
        workspaceId,
        kind: "tasks",
        projectId,
        fileIds: [],
        mode: "dry",
        state: "done",
      });
      return id as string;
    },
  };
}

/** What is no longer there: deleted where that can be, and otherwise ids that never were. */
export function makeGoneWorld(living: World): World {
  const never = async () => uuidv7() as string;
  return {
    ...living,
    workspaceId: uuidv7(),
    projectId: uuidv7(),
    statusId: uuidv7(),
    project: never,
    task: living.deletedTask,
    taskKey: async () => "GONE-1",
    comment: living.deletedComment,
    checklist: async () => ({ checklistId: uuidv7(), itemId: uuidv7() }),
    file: living.deletedFile,
    deletedFile: never,
    deletedTask: never,
    deletedComment: never,
    projectMember: never,
    status: never,
    label: never,
    invitation: never,
    importId: never,
    document: never,
    documentThread: async () => ({
      documentId: uuidv7(),
      threadId: uuidv7(),
      commentId: uuidv7(),
    }),
    documentVersion: async () => ({ documentId: uuidv7(), versionId: uuidv7() }),
    deletedDocument: never,
    documentMember: never,
    group: never,
    groupWithMember: async () => ({ id: uuidv7(), userIds: [uuidv7()] }),
    projectGroup: never,
    documentGroup: never,
  };
}
