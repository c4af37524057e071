import { roles } from "@guildhall/api/client";
import { Link2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { roleNames } from "@/entities/people/format-role.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Role } from "@/entities/workspaces/workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { CopyField } from "@/ui/controls/copy-field.tsx";
import { Select } from "@/ui/controls/select.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { useInvite } from "./use-invite.ts";

type Place = { projectId: string } | { documentId: string };

const asRole = roles.map((value) => ({ value, label: roleNames[value] }));
const LINK_DAYS = 14;

/** Somebody from outside, into this one place: by mail, or by a link for whoever has it. */
export default function InviteInto({ place, name }: { place: Place; name: string }) {
  const { id: workspaceId } = useWorkspace();
  const cache = trpc.useUtils();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const invite = useInvite();
  const create = trpc.invitations.createLink.useMutation({
    onSuccess: () => cache.invitations.list.invalidate({ workspaceId }),
  });
  const asGuest = { workspaceId, role: "guest", into: { ...place, role } } as const;
  const error = invite.error ?? create.error;
  const made = create.data ?? invite.data;

  function submit(event: FormEvent) {
    event.preventDefault();
    create.reset();
    invite.mutate(
      { ...asGuest, email: email.trim().toLowerCase() },
      { onSuccess: () => setEmail("") },
    );
  }

  function createLink() {
    invite.reset();
    create.mutate({ ...asGuest, days: LINK_DAYS, maxUses: null, domain: null, label: name });
  }

  return (
    <div className="grid gap-3">
      <form onSubmit={submit} className="flex flex-wrap items-start gap-2">
        <div className="min-w-48 flex-1">
          <TextField
            label="Email of a guest"
            hideLabel
            type="email"
            required
            autoComplete="off"
            placeholder="grace@example.org"
            value={email}
            onValueChange={setEmail}
            error={error && formatError(error)}
          />
        </div>
        <Select label="Role of a guest" value={role} options={asRole} onValueChange={setRole} />
        <span className="flex gap-2 [&>button]:h-8">
          <Button type="submit" busy={invite.isPending} disabled={!email.trim()}>
            Invite
          </Button>
          <Button icon={<Link2 size={14} />} busy={create.isPending} onClick={createLink}>
            Create link
          </Button>
        </span>
      </form>
      {made && (
        <div role="status" className="grid gap-2 rounded-panel border bg-inset p-3">
          <CopyField label="Invitation link" value={made.link} />
          <p className="text-12 text-muted">
            {create.data
              ? `Anyone with this link can join as a guest who sees only “${name}”.`
              : `It's for ${invite.data?.email ?? invite.data?.name}, who will see only “${name}” as a guest.`}{" "}
            It expires in 14 days; revoke it in Members.
          </p>
        </div>
      )}
    </div>
  );
}
