import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { TypedNameForm } from "@/ui/dialogs/typed-name-form.tsx";
import { formatCount } from "@/ui/format/format-count.ts";
import { notify } from "@/ui/overlays/toast.ts";
import type { WorkspaceOfServer } from "./workspace.ts";

type Props = { workspace: WorkspaceOfServer; onDone: () => void };

/** Its name has to be typed: what it does reaches everybody in it at once. */
export function DeleteWorkspaceForm({ workspace, onDone }: Props) {
  const { id: workspaceId, name, members } = workspace;
  const cache = trpc.useUtils();
  const remove = trpc.instance.deleteWorkspace.useMutation({
    onSuccess() {
      notify({ title: `${name} deleted`, description: "It can be restored for 14 days." });
      void cache.instance.workspaces.invalidate();
      onDone();
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
      {members === 1 ? "Its member loses" : `Its ${formatCount(members, "member")} lose`} access at
      once, on every device, and can see that an administrator deleted it. For 14 days you or its
      owners can restore it. Then its projects, tasks, documents and files are erased for good;
      backups of the server may still hold them.
    </TypedNameForm>
  );
}
