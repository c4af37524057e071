import { useMemo } from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Group } from "@/entities/workspaces/workspace.ts";

const none: Group[] = [];

/** Of the open workspace, by name; one that was stored before there were groups has none yet. */
export const useGroups = (): readonly Group[] => useWorkspace().groups ?? none;

export function useGroupsById(): ReadonlyMap<string, Group> {
  const groups = useGroups();
  return useMemo(() => new Map(groups.map((group) => [group.id, group])), [groups]);
}
