import { use } from "react";
import { paths } from "@/lib/paths.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { notify } from "@/ui/overlays/toast.ts";

/** The invitations that wait for me, and what I can do with one. */
export function useMyInvitations() {
  const cache = trpc.useUtils();
  const navigate = use(NavigateContext);
  const { data } = trpc.invitations.mine.useQuery(undefined, {
    // No feed tells of them, as they are of workspaces that are not open here: entities/session does.
    staleTime: 0,
  });
  const settled = () => cache.invitations.mine.invalidate();
  const accept = trpc.invitations.accept.useMutation({
    onSuccess: async (joined) => {
      await cache.workspaces.list.invalidate();
      navigate?.(paths.workspace(joined.id));
      notify({ title: `You joined ${joined.name}` });
    },
    onError: reportFailure("Couldn't accept the invitation"),
    onSettled: settled,
  });
  const decline = trpc.invitations.decline.useMutation({
    onSuccess: () => notify({ title: "Invitation declined" }),
    onError: reportFailure("Couldn't decline the invitation"),
    onSettled: settled,
  });
  return {
    invitations: data ?? [],
    accept: (id: string) => accept.mutate({ id }),
    decline: (id: string) => decline.mutate({ id }),
    isBusy: accept.isPending || decline.isPending,
  };
}
