import { useMutation } from "@tanstack/react-query";
import { errorReason } from "@/sync/error-words.ts";
import type { Role } from "@/sync/shapes.ts";
import { trpc } from "@/sync/trpc.ts";
import { useRoom } from "@/sync/use-room.ts";
import { useWorkspace } from "@/sync/use-workspace.ts";
import { notify } from "@/ui/toast.ts";

type Invited = { kind: "added"; name: string } | { kind: "invited"; email: string; link: string };

/** Adds who has an account here; makes an invitation for who has none. */
export function useInvite() {
  const { client } = useRoom().connection;
  const { id: workspaceId } = useWorkspace();
  const cache = trpc.useUtils();
  return useMutation({
    mutationFn: async (who: { email: string; role: Role }): Promise<Invited> => {
      try {
        const { name } = await client.members.add.mutate({ workspaceId, ...who });
        return { kind: "added", name };
      } catch (error) {
        if (errorReason(error) !== "no_account") throw error;
      }
      const { email, link } = await client.invitations.create.mutate({ workspaceId, ...who });
      return { kind: "invited", email, link };
    },
    onSuccess: (answer) => {
      if (answer.kind === "added") notify({ title: `${answer.name} is a member now` });
      // Invitations are not in the feed: only owners see them, on this screen.
      else cache.invitations.list.invalidate({ workspaceId });
    },
  });
}
