/** For tests and measurements: somebody becomes a member as people do, by an invitation they accept. */
import type { GuildhallClient, RouterInputs } from "@guildhall/api/client";

type Place = Pick<RouterInputs["members"]["setRole"], "workspaceId" | "role">;

export async function joinWorkspace(
  inviter: { api: GuildhallClient },
  guest: { email: string; api: GuildhallClient },
  place: Place,
): Promise<void> {
  const invited = { ...place, email: guest.email };
  const { link } = await inviter.api.invitations.create.mutate(invited);
  await guest.api.invitations.accept.mutate({ secret: invitationSecret(link) });
}

/** What a link of an invitation proves: that it was given to whoever has it. */
export const invitationSecret = (link: string): string =>
  new URL(link).searchParams.get("invitation") ?? "";
