import { useMemo } from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { trpc } from "@/sync/trpc.ts";

/** The members' emails by id, for editors and owners; viewers and guests see names. */
export function useEmails(): ReadonlyMap<string, string> {
  const { id: workspaceId, role } = useWorkspace();
  const maySee = role === "editor" || role === "owner";
  const { data } = trpc.members.addresses.useQuery({ workspaceId }, { enabled: maySee });
  return useMemo(
    () => new Map(maySee ? data?.map(({ userId, email }) => [userId, email]) : []),
    [data, maySee],
  );
}
