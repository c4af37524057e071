import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { InvitationRow } from "./invitation-row.tsx";

export function OpenInvitations() {
  const { id: workspaceId } = useWorkspace();
  const cache = trpc.useUtils();
  const { data, error, refetch } = trpc.invitations.list.useQuery(
    { workspaceId },
    // The feed tells of each, but not that one has expired.
    { staleTime: 0 },
  );
  const revoke = trpc.invitations.revoke.useMutation({
    onSuccess: ({ id }) => {
      cache.invitations.list.setData({ workspaceId }, (list) =>
        list?.filter((each) => each.id !== id),
      );
      notify({ title: "Invitation revoked", description: "Its link no longer works." });
    },
    onError: reportFailure("Couldn't revoke the invitation"),
  });

  const remind = trpc.invitations.remind.useMutation({
    onSuccess: () => notify({ title: "Invitation sent again", description: "Good for 14 days." }),
    onError: reportFailure("Couldn't send the invitation again"),
    onSettled: () => cache.invitations.list.invalidate({ workspaceId }),
  });

  if (error && !data) {
    return (
      <div className="py-4">
        <ErrorNotice title="Couldn't load pending invitations" onRetry={() => refetch()}>
          {formatError(error)}
        </ErrorNotice>
      </div>
    );
  }
  if (!data?.length) return null;
  return (
    <Section title="Pending invitations">
      <Rows label="Pending invitations">
        {data.map((invitation) => (
          <InvitationRow
            key={invitation.id}
            invitation={invitation}
            isRevoking={revoke.isPending && revoke.variables.id === invitation.id}
            onRevoke={() => revoke.mutate({ id: invitation.id })}
            onRemind={() => remind.mutate({ id: invitation.id })}
          />
        ))}
      </Rows>
    </Section>
  );
}
