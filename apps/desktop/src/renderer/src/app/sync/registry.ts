/** What the sync engine is told of this app: each entity and each mutation has its row here. */
import { accessOfActivity, activityNews } from "@/entities/activity/activity-patches.ts";
import * as checklistMutations from "@/entities/checklists/sync/checklist-mutations.ts";
import {
  checklistItemPatch,
  checklistPatch,
} from "@/entities/checklists/sync/checklist-patches.ts";
import * as commentMutations from "@/entities/comments/sync/comment-mutations.ts";
import {
  checklistHistory,
  commentPatch,
  historyPatch,
  itemHistory,
  threadPatch,
  threadsOfDocumentPatch,
} from "@/entities/comments/sync/comment-patches.ts";
import * as documentMutations from "@/entities/documents/sync/document-mutations.ts";
import {
  accessOfDocuments,
  documentAccessPatch,
  documentGroupPatch,
  documentPatch,
  membersOfDocuments,
  versionPatch,
} from "@/entities/documents/sync/document-patches.ts";
import * as favouriteMutations from "@/entities/documents/sync/favourite-mutations.ts";
import { documentEdits } from "@/entities/documents/sync/texts/edits.ts";
import { filePatch } from "@/entities/files/file.ts";
import { uploadQueue } from "@/entities/files/upload/upload-queue.ts";
import * as groupMutations from "@/entities/groups/group-mutations.ts";
import { importPatch } from "@/entities/imports/import-row.ts";
import {
  accessOfLinks,
  documentAccessOfLinks,
  linkedDocumentPatch,
  linkedTaskPatch,
} from "@/entities/links/linked.ts";
import * as followMutations from "@/entities/notifications/sync/follow-mutations.ts";
import * as notificationMutations from "@/entities/notifications/sync/notification-mutations.ts";
import {
  accessOfInbox,
  commentOfInbox,
  documentAccessOfInbox,
  documentOfInbox,
  followPatch,
  notificationPatch,
  taskOfInbox,
} from "@/entities/notifications/sync/notification-patches.ts";
import { offlineCopy } from "@/entities/offline/offline-copy.ts";
import {
  labelPatch,
  projectGroupPatch,
  projectMemberPatch,
  projectPatch,
  statusPatch,
} from "@/entities/projects/project-patches.ts";
import * as projectMutations from "@/entities/projects/undo-mutations.ts";
import * as taskMutations from "@/entities/tasks/sync/task-mutations.ts";
import {
  accessOfTasks,
  commentOfFollowed,
  followOfFollowed,
  groupOfTasks,
  notificationOfFollowed,
  taskPatch,
} from "@/entities/tasks/sync/task-patches.ts";
import {
  accessOfWorkspace,
  groupPatch,
  invitationPatch,
  memberPatch,
  peopleOfGuest,
  workspacePatch,
} from "@/entities/workspaces/workspace-patches.ts";
import type { Entities } from "@/sync/define-entity.ts";
import type { Registry } from "@/sync/sync-client.ts";

/** Each with all that shows something of it. */
export const entities = {
  workspace: [workspacePatch, activityNews],
  invitation: [invitationPatch],
  group: [groupOfTasks, groupPatch],
  projectGroup: [projectGroupPatch],
  documentGroup: [documentGroupPatch],
  member: [memberPatch, membersOfDocuments, activityNews],
  project: [projectPatch, activityNews],
  status: [statusPatch, activityNews],
  label: [labelPatch, activityNews],
  projectMember: [projectMemberPatch, activityNews, peopleOfGuest],
  access: [
    accessOfWorkspace,
    accessOfTasks,
    accessOfDocuments,
    accessOfLinks,
    accessOfInbox,
    accessOfActivity,
  ],
  task: [taskPatch, historyPatch, linkedTaskPatch, taskOfInbox, activityNews, peopleOfGuest],
  comment: [commentPatch, commentOfInbox, activityNews, commentOfFollowed, peopleOfGuest],
  checklist: [checklistPatch, checklistHistory, activityNews],
  checklistItem: [checklistItemPatch, itemHistory, activityNews, peopleOfGuest],
  document: [
    documentPatch,
    linkedDocumentPatch,
    threadsOfDocumentPatch,
    documentOfInbox,
    activityNews,
    peopleOfGuest,
  ],
  documentThread: [threadPatch, activityNews, peopleOfGuest],
  documentVersion: [versionPatch, activityNews, peopleOfGuest],
  documentAccess: [
    documentAccessPatch,
    documentAccessOfLinks,
    documentAccessOfInbox,
    accessOfActivity,
    peopleOfGuest,
  ],
  file: [filePatch, activityNews, peopleOfGuest],
  import: [importPatch, activityNews],
  notification: [notificationPatch, notificationOfFollowed],
  follow: [followPatch, followOfFollowed],
} satisfies Entities;

/** Each file exports its mutations, and nothing else. */
const mutations = [
  ...Object.values(taskMutations),
  ...Object.values(checklistMutations),
  ...Object.values(commentMutations),
  ...Object.values(documentMutations),
  ...Object.values(favouriteMutations),
  ...Object.values(projectMutations),
  ...Object.values(groupMutations),
  ...Object.values(notificationMutations),
  ...Object.values(followMutations),
];

declare module "@/sync/define-mutation.ts" {
  interface Registered {
    mutation: (typeof mutations)[number];
  }
}

const queues = [documentEdits, uploadQueue];

export const registry: Registry = { entities, mutations, queues, deviceCopy: offlineCopy };
