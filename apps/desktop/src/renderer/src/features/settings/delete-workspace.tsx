import { Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { Workspace } from "@/entities/workspaces/workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Section } from "@/ui/layout/section.tsx";

/** Asks for its name: what it does reaches everybody at once. */
export function DeleteWorkspace({ workspace }: { workspace: Workspace }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section
      title="Delete workspace"
      lead="Everyone loses access at once. Owners can restore it for 14 days."
    >
      <Button variant="danger" icon={<Trash2 size={14} />} onClick={() => setOpen(true)}>
        Delete workspace…
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen} title={`Delete ${workspace.name}?`}>
        <Confirm workspace={workspace} />
      </Dialog>
    </Section>
  );
}

function Confirm({ workspace }: { workspace: Workspace }) {
  const { id: workspaceId, name } = workspace;
  const [typed, setTyped] = useState("");
  const cache = trpc.useUtils();
  const remove = trpc.workspaces.delete.useMutation({
    onSuccess: () => {
      void cache.workspaces.list.invalidate();
      void cache.workspaces.deleted.invalidate();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    remove.mutate({ workspaceId, name: typed });
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      {remove.error && (
        <ErrorNotice title="The workspace wasn't deleted">{formatError(remove.error)}</ErrorNotice>
      )}
      <p className="text-13 text-muted leading-5">
        All {workspace.members.length} members lose access at once, on every device. For 14 days
        owners can restore it. Then its projects, tasks, documents and files are erased for good;
        backups of the server may still hold them.
      </p>
      <TextField
        label={`Type “${name}” to confirm`}
        autoComplete="off"
        required
        value={typed}
        onValueChange={setTyped}
      />
      <div className="flex justify-end">
        <Button
          type="submit"
          variant="danger"
          busy={remove.isPending}
          disabled={typed.trim() !== name.trim()}
        >
          Delete workspace
        </Button>
      </div>
    </form>
  );
}
