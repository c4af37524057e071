import { Mail } from "lucide-react";
import { roleNames } from "@/entities/people/format-role.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { RelativeTime } from "@/ui/text/relative-time.tsx";

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
        {data.map(({ id, email, name, role, expiresAt }) => (
          <li key={id} className="flex min-h-12 items-center gap-3 px-3 py-2">
            <span className="grid size-8 shrink-0 place-items-center rounded-full bg-active text-muted">
              <Mail size={15} aria-hidden="true" />
            </span>
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{email ?? name}</p>
              <p className="text-12 text-muted">
                {roleNames[role]}
                {expiresAt && (
                  <>
                    , until <RelativeTime at={expiresAt} />
                  </>
                )}
              </p>
            </div>
            <Button
              variant="ghost"
              busy={revoke.isPending && revoke.variables.id === id}
              onClick={() => revoke.mutate({ id })}
              aria-label={`Revoke the invitation for ${email ?? name}`}
            >
              Revoke
            </Button>
          </li>
        ))}
      </Rows>
    </Section>
  );
}
