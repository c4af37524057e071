import type { GuildhallClient } from "@guildhall/api/client";

/** A project of this person's own, to put something into. */
export async function openProject(client: GuildhallClient): Promise<string> {
  const { id: workspaceId } = await client.workspaces.create.mutate({ name: "Files" });
  return (await client.projects.create.mutate({ workspaceId, name: "Files", key: "FIL" })).id;
}
