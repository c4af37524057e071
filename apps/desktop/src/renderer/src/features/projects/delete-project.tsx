import { Trash2 } from "lucide-react";
import { use, useState } from "react";
import { uuidv7 } from "uuidv7";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { paths } from "@/lib/paths.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { useSyncClient } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { TypedNameForm } from "@/ui/dialogs/typed-name-form.tsx";
import { Section } from "@/ui/layout/section.tsx";
import { notify } from "@/ui/overlays/toast.ts";

/** Asks for its name: what it does reaches everybody at once. */
export function DeleteProject({ project }: { project: Project }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Section
      title="Delete project"
      lead="It's gone for everyone at once. Its owners can restore it for 14 days."
    >
      <Button variant="danger" icon={<Trash2 size={14} />} onClick={() => setOpen(true)}>
        Delete project…
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen} title={`Delete ${project.name}?`}>
        <Confirm project={project} />
      </Dialog>
    </Section>
  );
}

function useDeleteProject({ id, name }: Project) {
  const { id: workspaceId } = useWorkspace();
  const navigate = use(NavigateContext);
  const cache = trpc.useUtils();
  const { pushUndo, undo } = useSyncClient();
  return trpc.projects.delete.useMutation({
    onSuccess: (_, { mutationId: of }) => {
      const step =
        of &&
        pushUndo({
          ...{ workspaceId, label: `Delete ${name}`, of },
          back: () => ({ mutation: "projects.restoreDeleted", input: { id }, shown: name }),
        });
      navigate?.(paths.workspace(workspaceId));
      cache.workspaces.open.setData(
        { workspaceId },
        (open) => open && { ...open, projects: open.projects.filter((each) => each.id !== id) },
      );
      notify({
        title: `Deleted ${name}`,
        description: "You can restore it for 14 days, in Settings.",
        ...(step && { onUndo: () => undo.undo(step) }),
      });
    },
  });
}

function Confirm({ project }: { project: Project }) {
  const { id, name, key } = project;
  const remove = useDeleteProject(project);

  return (
    <TypedNameForm
      name={name}
      command="Delete project"
      busy={remove.isPending}
      problem={
        remove.error && { title: "The project wasn't deleted", text: formatError(remove.error) }
      }
      onSubmit={(typed) => remove.mutate({ id, name: typed, mutationId: uuidv7() })}
    >
      Its board, tasks, documents and files are gone for everyone at once, on every device. For 14
      days its owners can restore it with everything in it, and its key {key} stays taken. Then it
      is erased for good; backups of the server may still hold it.
    </TypedNameForm>
  );
}
