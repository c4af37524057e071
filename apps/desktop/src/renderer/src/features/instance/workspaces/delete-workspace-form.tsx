import { type FormEvent, useState } from "react";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { Button } from "@/ui/controls/button.tsx";
import { TextField } from "@/ui/controls/text-field.tsx";
import { formatCount } from "@/ui/format/format-count.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import type { WorkspaceOfServer } from "./workspace.ts";

type Props = { workspace: WorkspaceOfServer; onDone: () => void };

/** Its name has to be typed: what it does reaches everybody in it at once. */
export function DeleteWorkspaceForm({ workspace, onDone }: Props) {
  const { id: workspaceId, name, members } = workspace;
  const [typed, setTyped] = useState("");
  const cache = trpc.useUtils();
  const remove = trpc.instance.deleteWorkspace.useMutation({
    onSuccess() {
      notify({ title: `${name} deleted`, description: "It can be restored for 14 days." });
      void cache.instance.workspaces.invalidate();
      onDone();
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
        {members === 1 ? "Its member loses" : `Its ${formatCount(members, "member")} lose`} access
        at once, on every device, and can see that an administrator deleted it. For 14 days you or
        its owners can restore it. Then its projects, tasks, documents and files are erased for
        good; backups of the server may still hold them.
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
