import { useCallback } from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Member, Project } from "@/entities/workspaces/workspace.ts";
import { trpc } from "@/sync/trpc.ts";
import type { Person } from "@/ui/people/avatar.tsx";

export const asPerson = ({ userId, name }: Member): Person => ({ id: userId, name });

/** Who closed their account is named beside their work, and not offered. */
export const openMembers = (members: readonly Member[]): Member[] =>
  members.filter(({ isClosed }) => !isClosed);

/** Those a task of this project may be given to: all who may see it. */
export function useAssignable(project: Project): Person[] {
  const { members } = useWorkspace();
  const isPrivate = project.visibility === "private";
  const { data } = trpc.projects.members.useQuery({ id: project.id }, { enabled: isPrivate });
  const open = openMembers(members);
  if (!isPrivate) return open.map(asPerson);
  const inside = new Set(data?.map(({ userId }) => userId));
  return open.filter((m) => m.role === "owner" || inside.has(m.userId)).map(asPerson);
}

/** All who may see a document; undefined as long as that is not known. */
export function useDocumentReaders(documentId: string | undefined): Person[] | undefined {
  const { members } = useWorkspace();
  const asked = { id: documentId ?? "" };
  const { data } = trpc.documents.members.useQuery(asked, { enabled: documentId !== undefined });
  if (!data) return undefined;
  const readers = new Set(data.map(({ userId }) => userId));
  return openMembers(members)
    .filter(({ userId }) => readers.has(userId))
    .map(asPerson);
}

/**
 * And those who have a task already but could not be given it any more: without them, nobody could
 * take them off it.
 */
export function useWithAssigned(people: Person[], assigneeIds: readonly string[]): Person[] {
  const nameOf = useNameOf();
  const known = new Set(people.map(({ id }) => id));
  const others = assigneeIds.filter((id) => !known.has(id));
  return [...people, ...others.map((id) => ({ id, name: `${nameOf(id)} (no access)` }))];
}

/** Who somebody, or which group something, is; also when they have left the workspace since. */
export function useNameOf(): (id: string | null) => string {
  const { members, groups } = useWorkspace();
  return useCallback(
    (id) =>
      (members.find((m) => m.userId === id) ?? groups?.find((group) => group.id === id))?.name ??
      "Former member",
    [members, groups],
  );
}
