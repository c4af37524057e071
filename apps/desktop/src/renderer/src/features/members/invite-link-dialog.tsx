import { type FormEvent, useState } from "react";
import { RoleSelect } from "@/entities/people/role-select.tsx";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { WorkspaceRole } from "@/entities/workspaces/workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { CopyField } from "@/ui/controls/copy-field.tsx";
import { Select } from "@/ui/controls/select.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";

type Props = { open: boolean; onOpenChange: (open: boolean) => void };

const ends = [
  { value: "1", label: "1 day" },
  { value: "7", label: "7 days" },
  { value: "30", label: "30 days" },
  { value: "365", label: "1 year" },
  { value: "never", label: "Never" },
] as const;

/** A link for whoever has it, within the bounds that are set here. */
export default function InviteLinkDialog({ open, onOpenChange }: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Create an invitation link"
      description="Anyone with the link can join, until it expires, is used up or is revoked."
    >
      <LinkForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function LinkForm({ onDone }: { onDone: () => void }) {
  const { id: workspaceId, role: mine, defaultRole } = useWorkspace();
  const cache = trpc.useUtils();
  const [role, setRole] = useState<WorkspaceRole>(mine === "owner" ? defaultRole : "viewer");
  const [days, setDays] = useState<(typeof ends)[number]["value"]>("7");
  const [uses, setUses] = useState("");
  const [domain, setDomain] = useState("");
  const [label, setLabel] = useState("");
  const create = trpc.invitations.createLink.useMutation({
    onSuccess: () => cache.invitations.list.invalidate({ workspaceId }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    create.mutate({
      ...{ workspaceId, role },
      days: days === "never" ? null : Number(days),
      maxUses: uses ? Number(uses) : null,
      domain: domain.trim().replace(/^@/, "") || null,
      label: label.trim() || null,
    });
  }

  if (create.data) {
    return (
      <div className="grid gap-4">
        <CopyField label="Invitation link" value={create.data.link} />
        <p className="text-12 text-muted">
          You can copy it again from the list of invitations, and revoke it there.
        </p>
        <div className="flex justify-end">
          <Button variant="primary" onClick={onDone}>
            Done
          </Button>
        </div>
      </div>
    );
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      {create.error && (
        <ErrorNotice title="Couldn't create the link">{formatError(create.error)}</ErrorNotice>
      )}
      <TextField
        label="Name"
        hint="Optional, for the list of invitations."
        placeholder="Summer school"
        maxLength={100}
        value={label}
        onValueChange={setLabel}
      />
      <div className="flex flex-wrap gap-3">
        <Labelled text="Role">
          <RoleSelect label="Role" value={role} onValueChange={setRole} upTo={mine} />
        </Labelled>
        <Labelled text="Expires after">
          <Select label="Expires after" options={ends} value={days} onValueChange={setDays} />
        </Labelled>
      </div>
      <TextField
        label="Number of people"
        hint="Leave empty for any number."
        type="number"
        min={1}
        max={1000}
        value={uses}
        onValueChange={setUses}
      />
      <TextField
        label="Email domain"
        hint="Optional. Only people with a confirmed address there can join."
        placeholder="example.org"
        value={domain}
        onValueChange={setDomain}
      />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={create.isPending}>
          Create link
        </Button>
      </div>
    </form>
  );
}

/** The control has its name itself; this one is for the eye. */
function Labelled({ text, children }: { text: string; children: React.ReactNode }) {
  return (
    <div className="grid gap-1.5">
      <span aria-hidden="true" className="font-medium text-13">
        {text}
      </span>
      {children}
    </div>
  );
}
