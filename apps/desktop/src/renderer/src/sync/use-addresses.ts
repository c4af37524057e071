import { useMemo } from "react";
import { trpc } from "./trpc.ts";
import { useWorkspace } from "./use-workspace.ts";

/** The members' addresses by id, for editors and owners; viewers see names. */
export function useAddresses(): ReadonlyMap<string, string> {
  const { id: workspaceId, role } = useWorkspace();
  const maySee = role !== "viewer";
  const { data } = trpc.members.addresses.useQuery({ workspaceId }, { enabled: maySee });
  return useMemo(
    () => new Map(maySee ? data?.map(({ userId, email }) => [userId, email]) : []),
    [data, maySee],
  );
}
