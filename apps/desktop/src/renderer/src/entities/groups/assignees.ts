/** Whom a task may be given to: people, and groups of them. */
import { useMemo } from "react";
import { asPerson, useAssignable } from "@/entities/people/people.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Group, Project } from "@/entities/workspaces/workspace.ts";
import type { Person } from "@/ui/people/avatar.tsx";
import { useGroups } from "./use-groups.ts";

export const asAssignee = ({ id, name, color }: Group): Person => ({ id, name, group: { color } });

/** Those in which there is one of these people. */
export function groupsAmong(groups: readonly Group[], people: readonly Person[]): Group[] {
  const ids = new Set(people.map(({ id }) => id));
  return groups.filter(({ members }) => members.some(({ userId }) => ids.has(userId)));
}

export function useAssignees(project: Project): Person[] {
  const people = useAssignable(project);
  return [...people, ...groupsAmong(useGroups(), people).map(asAssignee)];
}

/** All of the workspace, by id. */
export function useAssigneesById(): ReadonlyMap<string, Person> {
  const { members } = useWorkspace();
  const groups = useGroups();
  return useMemo(
    () =>
      new Map([...members.map(asPerson), ...groups.map(asAssignee)].map((each) => [each.id, each])),
    [members, groups],
  );
}

/** The person's own id, and those of the groups they are in: by any of these a task is theirs. */
export const idsOfPerson = (groups: readonly Group[], userId: string): string[] => [
  userId,
  ...groups.flatMap(({ id, members }) => (members.some((m) => m.userId === userId) ? [id] : [])),
];
