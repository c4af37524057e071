/**
 * Who may call what: one line for each procedure, held against the router by access-matrix.test.ts.
 * A procedure without a line here fails the test.
 */
import { accessToTasks } from "./access-to-tasks.ts";
import {
  document,
  type Expectation,
  onProject,
  onWorkspace,
  personal,
  project,
} from "./expectation.ts";
import { accounts } from "./matrix-of-accounts.ts";
import { administration } from "./matrix-of-administration.ts";
import { members } from "./matrix-of-members.ts";
import { told } from "./matrix-of-told.ts";

export const matrix: Record<string, Expectation> = {
  ...accounts,
  ...administration,
  ...members,
  ...told,

  "projects.create": onWorkspace("editor", (w) => ({
    workspaceId: w.workspaceId,
    name: "New",
    key: w.freeKey(),
  })),
  "projects.list": onWorkspace("guest"),
  "projects.get": onProject("viewer", project),
  "projects.update": onProject("editor", (w) => ({ id: w.projectId, patch: { name: "App" } })),
  "projects.archive": onProject("owner", async (w) => ({ id: await w.project() })),
  "projects.restore": onProject("owner", async (w) => ({ id: await w.project() })),
  "projects.undo": onProject("editor", (w) => ({ id: w.projectId, of: w.never() })),
  "projects.delete": {
    ...onProject("owner", (w) => ({ id: w.projectId, name: "Not its name" })),
    token: "session_only",
    answer: "name_differs",
  },
  "projects.restoreDeleted": personal(project, "not_found"),
  "projects.deleted": onWorkspace("guest"),
  "projects.members": onProject("viewer", project),
  "projects.setMember": onProject("owner", async (w) => ({
    projectId: w.projectId,
    userId: await w.member(),
    role: "viewer",
  })),
  "projects.removeMember": onProject("owner", async (w) => ({
    projectId: w.projectId,
    userId: await w.projectMember(),
  })),

  "projects.groups": onProject("viewer", project),
  "projects.setGroup": onProject("owner", async (w) => ({
    projectId: w.projectId,
    groupId: await w.group(),
    role: "viewer",
  })),
  "projects.removeGroup": onProject("owner", async (w) => ({
    projectId: w.projectId,
    groupId: await w.projectGroup(),
  })),

  "documents.create": onProject("editor", (w) => ({
    workspaceId: w.workspaceId,
    projectId: w.projectId,
  })),
  "documents.list": onWorkspace("guest"),
  "documents.unread": onWorkspace("guest"),
  "documents.push": onProject("editor", async (w) => ({
    documentId: await w.document(),
    id: w.never(),
    update: "AAA=",
  })),
  "documents.onAwareness": onProject("viewer", async (w) => ({
    documentId: await w.document(),
    clientId: 1,
  })),
  "documents.sendAwareness": {
    ...onProject("viewer", async (w) => ({
      documentId: await w.document(),
      clientId: 1,
      cursor: null,
    })),
    reads: true,
  },
  "documents.onUpdate": onProject("viewer", async (w) => ({ documentId: await w.document() })),

  "documents.backlinks": onProject("viewer", async (w) => ({
    target: "document",
    id: await w.document(),
  })),
  "documents.linkTargets": onWorkspace("guest", async (w) => ({
    workspaceId: w.workspaceId,
    documentIds: [await w.document()],
    taskIds: [await w.task()],
  })),

  "documents.versions": onProject("viewer", async (w) => ({ documentId: await w.document() })),
  "documents.version": onProject("viewer", (w) => w.documentVersion()),
  "documents.nameVersion": onProject("editor", async (w) => ({
    ...(await w.documentVersion()),
    name: "Sent to the printer",
  })),
  "documents.undoVersionName": onProject("editor", async (w) => ({
    ...(await w.documentVersion()),
    of: w.never(),
  })),
  "documents.restoreVersion": onProject("editor", (w) => w.documentVersion()),

  "threads.list": onProject("viewer", async (w) => ({ documentId: await w.document() })),
  "threads.begin": onProject("viewer", async (w) => ({
    documentId: await w.document(),
    anchor: { from: "AQAA", to: "AQAB" },
    quote: "words",
    comment: { body: "Hello" },
  })),
  "threads.resolve": onProject("viewer", async (w) => ({
    id: (await w.documentThread()).threadId,
  })),
  "threads.reopen": onProject("viewer", async (w) => ({
    id: (await w.documentThread()).threadId,
  })),
  "threads.undo": onProject("viewer", async (w) => ({
    id: (await w.documentThread()).threadId,
    of: w.never(),
  })),
  "threads.reanchor": onProject("editor", async (w) => ({
    id: (await w.documentThread()).threadId,
    anchor: { from: "AQAA", to: "AQAB" },
  })),
  "documents.get": onProject("viewer", document),
  "documents.update": onProject("editor", async (w) => ({
    id: await w.document(),
    patch: { title: "T" },
  })),
  "documents.move": onProject("editor", async (w) => ({
    id: await w.document(),
    parentId: await w.document(),
  })),
  "documents.archive": onProject("editor", document),
  "documents.restore": onProject("editor", document),
  "documents.delete": onProject("editor", document),
  "documents.restoreFromTrash": onProject("editor", async (w) => ({
    id: await w.deletedDocument(),
  })),
  "documents.undo": onProject("editor", async (w) => ({
    id: await w.deletedDocument(),
    of: w.never(),
  })),
  "documents.purge": onProject("owner", async (w) => ({ id: await w.deletedDocument() })),
  "documents.trash": onWorkspace("guest"),
  "documents.duplicate": onProject("editor", document),
  "documents.createFromTemplate": onProject("editor", async (w) => ({
    templateId: await w.document(),
    projectId: w.projectId,
  })),
  "documents.setVisibility": onProject("owner", async (w) => ({
    id: await w.document(),
    visibility: "private",
  })),
  "documents.setMember": onProject("owner", async (w) => ({
    id: await w.document(),
    userId: await w.member(),
    role: "viewer",
  })),
  "documents.removeMember": onProject("owner", async (w) => {
    const id = await w.document();
    return { id, userId: await w.documentMember(id) };
  }),
  "documents.members": onProject("viewer", document),
  "documents.groups": onProject("viewer", document),
  "documents.setGroup": onProject("owner", async (w) => ({
    id: await w.document(),
    groupId: await w.group(),
    role: "viewer",
  })),
  "documents.removeGroup": onProject("owner", async (w) => {
    const id = await w.document();
    return { id, groupId: await w.documentGroup(id) };
  }),
  "documents.addFavourite": onProject("viewer", document),
  "documents.removeFavourite": onProject("viewer", document),
  "documents.favourites": onWorkspace("guest"),
  "documents.visit": onProject("viewer", document),
  "documents.recent": onWorkspace("guest"),
  "search.count": onWorkspace("guest", (w) => ({ workspaceId: w.workspaceId, text: "task" })),
  "search.find": onWorkspace("guest", (w) => ({ workspaceId: w.workspaceId, text: "task" })),

  "statuses.create": onProject("editor", (w) => ({
    projectId: w.projectId,
    name: w.freeKey(),
    category: "started",
  })),
  "statuses.update": onProject("editor", async (w) => ({ id: await w.status(), patch: {} })),
  "statuses.delete": onProject("editor", async (w) => ({
    id: await w.status(),
    moveTo: w.statusId,
  })),
  "statuses.undo": onProject("editor", async (w) => ({ id: await w.status(), of: w.never() })),
  "labels.create": onProject("editor", (w) => ({
    projectId: w.projectId,
    name: w.freeKey(),
    color: "#aabbcc",
  })),
  "labels.update": onProject("editor", async (w) => ({ id: await w.label(), patch: {} })),
  "labels.delete": onProject("editor", async (w) => ({ id: await w.label() })),
  "labels.undo": onProject("editor", async (w) => ({ id: await w.label(), of: w.never() })),

  ...accessToTasks,

  "comments.list": onProject("viewer", async (w) => ({ taskId: await w.task() })),
  "comments.versions": onProject("viewer", async (w) => ({ id: await w.comment() })),
  "comments.resolve": onProject("viewer", async (w) => ({ id: await w.comment() })),
  "comments.reopen": onProject("viewer", async (w) => ({ id: await w.comment() })),
  "comments.create": onProject("viewer", async (w) => ({ taskId: await w.task(), body: "Hello" })),
  // Somebody else's comment: only its author edits it, only an owner takes it away or brings it back.
  "comments.update": {
    ...onProject("viewer", async (w) => ({ id: await w.comment(), body: "Mine now" })),
    answer: "not_yours",
  },
  "comments.delete": {
    ...onProject("owner", async (w) => ({ id: await w.comment() })),
    low: "not_yours",
  },
  "comments.restore": {
    ...onProject("owner", async (w) => ({ id: await w.deletedComment() })),
    low: "not_yours",
  },
  // Of what somebody else did to it nothing is undone, and nothing said.
  "comments.undo": onProject("viewer", async (w) => ({ id: await w.comment(), of: w.never() })),

  "reactions.toggle": onProject("viewer", async (w) => ({
    commentId: await w.comment(),
    emoji: "👍",
  })),

  "files.list": onProject("viewer", async (w) => ({ taskId: await w.task() })),
  "files.get": onProject("viewer", async (w) => ({ id: await w.file() })),
  "files.url": onProject("viewer", async (w) => ({ id: await w.file() })),
  "files.begin": onProject("editor", async (w) => ({
    id: w.never(),
    taskId: await w.task(),
    name: "a.bin",
    size: 20_000_000,
  })),
  "files.address": onProject("editor", async (w) => ({
    id: w.never(),
    taskId: await w.task(),
    name: "a.bin",
    size: 2_000_000,
    sha256: "0".repeat(64),
  })),
  // One's own uploads alone; nobody has begun this one.
  "files.partAddress": {
    need: "person",
    input: (w) => ({ id: w.never(), n: 1, sha256: "0".repeat(64) }),
    answer: "not_found",
  },
  "files.finish": { need: "person", input: (w) => ({ id: w.never() }), answer: "not_found" },
  "files.abandon": { need: "person", input: (w) => ({ id: w.never() }) },
  "files.rename": onProject("editor", async (w) => ({ id: await w.file(), name: "b.txt" })),
  "files.delete": onProject("editor", async (w) => ({ id: await w.file() })),
  "files.restore": onProject("editor", async (w) => ({ id: await w.deletedFile() })),
  "files.versions": onProject("viewer", async (w) => ({ id: await w.file() })),
  "files.restoreVersion": onProject("editor", async (w) => ({ id: await w.file(), n: 1 })),

  "changes.since": onWorkspace("guest", (w) => ({ workspaceId: w.workspaceId, seq: 0 })),
  "changes.history": onProject("viewer", async (w) => ({ entityId: await w.task() })),
  "changes.onChange": onWorkspace("guest", (w) => ({
    workspaceId: w.workspaceId,
    lastEventId: 0,
  })),

  "presence.here": onProject("viewer", async (w) => ({
    workspaceId: w.workspaceId,
    place: { projectId: w.projectId, taskId: await w.task() },
  })),
  "presence.onChange": onWorkspace("guest"),

  "imports.preview": {
    need: "person",
    input: (w) => ({ fileIds: [w.never()] }),
    answer: "not_found",
    reads: true,
  },
  // The project may be written to; the file is nobody's.
  "imports.start": {
    ...onProject("editor", (w) => ({ projectId: w.projectId, fileIds: [w.never()] })),
    answer: "not_found",
    guest: "role_too_low",
  },
  "imports.startDocuments": {
    ...onProject("editor", (w) => ({
      workspaceId: w.workspaceId,
      projectId: w.projectId,
      fileId: w.never(),
    })),
    answer: "not_found",
    guest: "role_too_low",
  },
  // The file is nobody's.
  "imports.startWorkspace": {
    ...onWorkspace("owner", (w) => ({ workspaceId: w.workspaceId, fileId: w.never() })),
    answer: "not_found",
  },
  // Whoever started it, and nobody else.
  "imports.cancel": {
    need: "person",
    input: (w) => ({ id: w.never() }),
    answer: "not_found",
  },
  "imports.get": onProject("viewer", async (w) => ({ id: await w.importId() })),
  "exports.tasksCsv": onProject("viewer", (w) => ({ projectId: w.projectId })),
  "imports.list": onProject("viewer", (w) => ({ projectId: w.projectId })),
};
