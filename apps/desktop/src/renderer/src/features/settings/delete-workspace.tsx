import { Trash2 } from "lucide-react";
import { useState } from "react";
import type { Workspace } from "@/entities/workspaces/workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { TypedNameForm } from "@/ui/dialogs/typed-name-form.tsx";
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
  const cache = trpc.useUtils();
  const remove = trpc.workspaces.delete.useMutation({
    onSuccess: () => {
      void cache.workspaces.list.invalidate();
      void cache.workspaces.deleted.invalidate();
    },
  });

  return (
    <TypedNameForm
      name={name}
      command="Delete workspace"
      busy={remove.isPending}
      problem={
        remove.error && { title: "The workspace wasn't deleted", text: formatError(remove.error) }
      }
      onSubmit={(typed) => remove.mutate({ workspaceId, name: typed })}
    >
      All {workspace.members.length} members lose access at once, on every device. For 14 days
      owners can restore it. Then its projects, tasks, documents and files are erased for good;
      backups of the server may still hold them.
    </TypedNameForm>
  );
}
