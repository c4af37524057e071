import { getQueryKey } from "@trpc/react-query";
import { trpc } from "./trpc.ts";

/** Where in the query cache things are, for those who patch it. */
export const keys = {
  me: () => getQueryKey(trpc.auth.me, undefined, "query"),
  workspaces: () => getQueryKey(trpc.workspaces.list, undefined, "query"),
  workspace: (workspaceId: string) => getQueryKey(trpc.workspaces.open, { workspaceId }, "query"),
  addresses: (workspaceId: string) => getQueryKey(trpc.members.addresses, { workspaceId }, "query"),
  invitations: (workspaceId: string) =>
    getQueryKey(trpc.invitations.list, { workspaceId }, "query"),
  board: (projectId: string) => ["board", projectId] as const,
  task: (id: string) => getQueryKey(trpc.tasks.get, { id }, "query"),
  mine: (workspaceId: string) => getQueryKey(trpc.tasks.mine, { workspaceId }, "query"),
  tree: (workspaceId: string) => ["tree", workspaceId] as const,
  document: (id: string) => getQueryKey(trpc.documents.get, { id }, "query"),
  favourites: (workspaceId: string) =>
    getQueryKey(trpc.documents.favourites, { workspaceId }, "query"),
  recent: (workspaceId: string) => getQueryKey(trpc.documents.recent, { workspaceId }, "query"),
  bin: (workspaceId: string) => getQueryKey(trpc.documents.bin, { workspaceId }, "query"),
  /** Of every document: who may see it. */
  documentMembers: () => [["documents", "members"]] as const,
  comments: (taskId: string) => getQueryKey(trpc.comments.list, { taskId }, "query"),
  documentThreads: (documentId: string) => getQueryKey(trpc.threads.list, { documentId }, "query"),
  documentVersions: (documentId: string) => ["document-versions", documentId] as const,
  backlinks: () => [["documents", "backlinks"]] as const,
  linkTargets: () => ["link-target"] as const,
  linkTarget: (target: "document" | "task", id: string) => ["link-target", target, id] as const,
  /** Whatever is being looked for. */
  search: () => [["search"]] as const,
  /** Every list of files. */
  files: () => [["files", "list"]] as const,
  fileVersions: (id: string) => getQueryKey(trpc.files.versions, { id }, "query"),
  history: (taskId: string) => ["history", taskId] as const,
  projectMembers: (id: string) => getQueryKey(trpc.projects.members, { id }, "query"),
  import: (id: string) => getQueryKey(trpc.imports.get, { id }, "query"),
  /** The place in the feed that everything in the cache stands at. */
  cursor: (workspaceId: string) => ["cursor", workspaceId] as const,
};

export type Cursor = { seq: number; epoch: string };
