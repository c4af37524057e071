import type { RouterOutputs } from "@guildhall/api/client";
import { type FormEvent, useState } from "react";
import { RoleSelect } from "@/entities/people/role-select.tsx";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { WorkspaceRole } from "@/entities/workspaces/workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { TextArea } from "@/ui/controls/text-area.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows } from "@/ui/layout/section.tsx";

type Props = { open: boolean; onOpenChange: (open: boolean) => void };
type Answer = RouterOutputs["invitations"]["createMany"];

const outcomes: Record<Answer["entries"][number]["outcome"], string> = {
  invited: "Invited",
  member: "Already a member",
  invalid: "Not an email address",
  duplicate: "Named twice",
  later: "Not sent: too many invitations. Try again in 15 minutes.",
};

/** A pasted list: each address gets an invitation of its own. */
export default function InviteManyDialog({ open, onOpenChange }: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Invite several people"
      description="Paste up to 100 email addresses, with or without names."
    >
      <ManyForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function ManyForm({ onDone }: { onDone: () => void }) {
  const { id: workspaceId, role: mine, defaultRole } = useWorkspace();
  const cache = trpc.useUtils();
  const [role, setRole] = useState<WorkspaceRole>(mine === "owner" ? defaultRole : "viewer");
  const [pasted, setPasted] = useState("");
  const invite = trpc.invitations.createMany.useMutation({
    onSuccess: () => cache.invitations.list.invalidate({ workspaceId }),
  });
  if (invite.data) return <Answers answer={invite.data} onDone={onDone} />;

  function submit(event: FormEvent) {
    event.preventDefault();
    invite.mutate({ workspaceId, role, people: pasted });
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      {invite.error && (
        <ErrorNotice title="Nobody was invited">{formatError(invite.error)}</ErrorNotice>
      )}
      <TextArea
        label="Email addresses"
        required
        rows={6}
        maxLength={20_000}
        placeholder={"Grace Hopper <grace@example.org>\nada@example.org"}
        value={pasted}
        onValueChange={setPasted}
      />
      <div className="flex items-center justify-between gap-3">
        <RoleSelect label="Role" value={role} onValueChange={setRole} upTo={mine} />
        <Button type="submit" variant="primary" busy={invite.isPending} disabled={!pasted.trim()}>
          Send invitations
        </Button>
      </div>
    </form>
  );
}

function Answers({ answer, onDone }: { answer: Answer; onDone: () => void }) {
  const invited = answer.entries.filter(({ outcome }) => outcome === "invited").length;
  return (
    <div className="grid gap-4">
      <p role="status" className="text-13">
        {invited} of {answer.entries.length} invited.{" "}
        {!answer.isMailed &&
          "This server doesn't send email: copy their links from the list of invitations."}
      </p>
      <div className="max-h-[40vh] overflow-y-auto">
        <Rows label="Addresses">
          {answer.entries.map(({ text, email, outcome }, n) => (
            <li key={n} className="flex flex-wrap justify-between gap-x-3 px-3 py-1.5 text-13">
              <span className="min-w-0 truncate">{email ?? text}</span>
              <span className={outcome === "invited" ? "text-muted" : "text-danger-ink"}>
                {outcomes[outcome]}
              </span>
            </li>
          ))}
        </Rows>
      </div>
      <div className="flex justify-end">
        <Button variant="primary" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
