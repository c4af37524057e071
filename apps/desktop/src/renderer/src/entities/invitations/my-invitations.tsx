import { roleNames } from "@/entities/people/format-role.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Rows } from "@/ui/layout/section.tsx";
import type { useMyInvitations } from "./use-my-invitations.ts";

type Props = ReturnType<typeof useMyInvitations> & { onDone?: () => void };

/** What one is invited to, each to be accepted or declined. */
export function MyInvitations({ invitations, accept, decline, isBusy, onDone }: Props) {
  return (
    <Rows label="Invitations">
      {invitations.map(({ id, workspaceName, invitedBy, role, into }) => (
        <li key={id} className="flex flex-wrap items-center gap-2 px-3 py-2.5 text-13">
          <div className="min-w-40 flex-1">
            <p dir="auto" className="truncate font-medium">
              {workspaceName}
            </p>
            <p className="truncate text-12 text-muted">
              {invitedBy} invited you
              {into && ` to “${into.name || "Untitled"}”`} as{" "}
              {roleNames[into?.role ?? role].toLowerCase()}
            </p>
          </div>
          <Button
            variant="ghost"
            disabled={isBusy}
            onClick={() => decline(id)}
            aria-label={`Decline the invitation to ${workspaceName}`}
          >
            Decline
          </Button>
          <Button
            variant="primary"
            disabled={isBusy}
            onClick={() => {
              accept(id);
              onDone?.();
            }}
            aria-label={`Accept the invitation to ${workspaceName}`}
          >
            Accept
          </Button>
        </li>
      ))}
    </Rows>
  );
}
