import { type FormEvent, useState } from "react";
import { useInvite } from "@/entities/invitations/use-invite.ts";
import { RoleSelect } from "@/entities/people/role-select.tsx";
import { useEmails } from "@/entities/people/use-emails.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { WorkspaceRole } from "@/entities/workspaces/workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { Button } from "@/ui/controls/button.tsx";
import { CopyField } from "@/ui/controls/copy-field.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";

/** The link goes by mail, or by hand; whose address is verified also finds it in the app. */
export function InviteForm() {
  const { id: workspaceId, members, role: mine, defaultRole } = useWorkspace();
  const emails = useEmails();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<WorkspaceRole>(
    mine === "owner" ? (defaultRole ?? "editor") : "viewer",
  );
  const invite = useInvite();

  const address = email.trim().toLowerCase();
  const memberOf = (email: string | null | undefined) =>
    members.find(({ userId }) => email && emails.get(userId) === email);
  const known = memberOf(address);
  const waiting = invite.data && !memberOf(invite.data.email) ? invite.data : null;
  const problem = known
    ? `${known.name} is already a member.`
    : invite.error && formatError(invite.error);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (known) return;
    invite.mutate({ workspaceId, email: address, role }, { onSuccess: () => setEmail("") });
  }

  return (
    <div className="grid gap-4">
      <form onSubmit={submit} className="flex flex-wrap items-start gap-2">
        <div className="min-w-56 flex-1">
          <TextField
            label="Email"
            hideLabel
            type="email"
            required
            autoComplete="off"
            placeholder="grace@example.org"
            value={email}
            onValueChange={(typed) => {
              setEmail(typed);
              if (invite.error) invite.reset();
            }}
            error={problem}
          />
        </div>
        <RoleSelect label="Role" value={role} onValueChange={setRole} upTo={mine} />
        <span className="[&>button]:h-8">
          <Button type="submit" variant="primary" busy={invite.isPending} disabled={!address}>
            Invite
          </Button>
        </span>
      </form>
      {waiting && (
        <div role="status" className="grid gap-2 rounded-panel border bg-inset p-3">
          <CopyField label={`Link for ${waiting.email}`} value={waiting.link} />
          <p className="text-12 text-muted">
            {waiting.isMailed
              ? `We're emailing this link to ${waiting.email}. You can also copy it here, or later from the list of invitations.`
              : `This server doesn't send email. Copy the link now and send it to ${waiting.email} yourself. You can copy it again from the list of invitations.`}{" "}
            It works once and expires in 14 days.
          </p>
        </div>
      )}
    </div>
  );
}
