/** Guests of the sample's workspace, and what is left on the server of people who went. */
import { joinWorkspace } from "@guildhall/testing/join-workspace";
import type { Guildhall, Person } from "../guildhall.ts";
import { named } from "./sample-people.ts";

type Places = { workspaceId: string; projectId: string; plan: string };

/** One who sees the app's board and a document, and one who was let into nothing yet. */
export async function makeGuests(
  guildhall: Guildhall,
  owner: Person,
  { workspaceId, projectId, plan }: Places,
) {
  const guest = await named(guildhall, "Gwen", "Gwen Okafor");
  const emptyGuest = await named(guildhall, "Emil", "Emil Brandt");
  for (const person of [guest, emptyGuest]) {
    await joinWorkspace(owner, person, { workspaceId, role: "guest" });
  }
  await owner.api.projects.setMember.mutate({ projectId, userId: guest.id, role: "editor" });
  await owner.api.documents.setMember.mutate({ id: plan, userId: guest.id, role: "viewer" });
  return { guest, emptyGuest };
}

/** A workspace whose only owner is deactivated, and one that was deleted. */
export async function makeLeftWorkspaces(guildhall: Guildhall) {
  const otto = await named(guildhall, "Otto", "Otto Lind");
  const rosa = await named(guildhall, "Rosa", "Rosa Marek");
  const { id: workspaceId } = await otto.api.workspaces.create.mutate({ name: "Old Bakery" });
  await joinWorkspace(otto, rosa, { workspaceId, role: "editor" });
  const fair = await rosa.api.workspaces.create.mutate({ name: "Winter Fair" });
  await rosa.api.workspaces.delete.mutate({ workspaceId: fair.id, name: "Winter Fair" });
  const { instance } = guildhall.administrator().api;
  await instance.deactivate.mutate({ userId: otto.id });
}
