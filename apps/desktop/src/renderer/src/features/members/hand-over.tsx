import { type FormEvent, type ReactNode, use, useState } from "react";
import { openMembers } from "@/entities/people/people.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { paths } from "@/lib/paths.ts";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { Select } from "@/ui/controls/select.tsx";
import { Dialog } from "@/ui/dialogs/dialog.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { notify } from "@/ui/overlays/toast.ts";

type Props = { open: boolean; onOpenChange: (open: boolean) => void };
type Afterwards = "editor" | "viewer" | "leave";

const roles: { value: Afterwards; label: string; hint: string }[] = [
  { value: "editor", label: "Become an editor", hint: "You keep working here" },
  { value: "viewer", label: "Become a viewer", hint: "You can view and comment" },
  { value: "leave", label: "Leave the workspace", hint: "You lose access at once" },
];

/** Somebody else becomes an owner and one steps down, in one step. */
export default function HandOver({ open, onOpenChange }: Props) {
  const { name } = useWorkspace();
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Hand over ${name}`}
      description="They become an owner, with access to everything in it. What you wrote stays."
    >
      <HandOverForm onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function HandOverForm({ onDone }: { onDone: () => void }) {
  const { id: workspaceId, name, members } = useWorkspace();
  const { id: myId } = useMe();
  const navigate = use(NavigateContext);
  const cache = trpc.useUtils();
  const others = openMembers(members).filter(({ userId }) => userId !== myId);
  const [userId, setUserId] = useState(others[0]?.userId ?? "");
  const [afterwards, setAfterwards] = useState<Afterwards>("editor");
  const heir = others.find((each) => each.userId === userId);
  const handOver = trpc.workspaces.handOver.useMutation({
    onSuccess: () => {
      onDone();
      notify({ title: `${heir?.name ?? "They"} now owns ${name}` });
      if (afterwards !== "leave") return cache.workspaces.open.invalidate({ workspaceId });
      cache.workspaces.list.setData(undefined, (list) =>
        list?.filter(({ id }) => id !== workspaceId),
      );
      navigate?.(paths.home());
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    handOver.mutate({ workspaceId, userId, afterwards });
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      {handOver.error && (
        <ErrorNotice title="The workspace wasn't handed over">
          {formatError(handOver.error)}
        </ErrorNotice>
      )}
      <Choice title="New owner">
        <Select
          label="New owner"
          value={userId}
          onValueChange={setUserId}
          options={others.map((each) => ({ value: each.userId, label: each.name }))}
        />
      </Choice>
      <Choice title="Afterwards you">
        <Select
          label="Afterwards you"
          value={afterwards}
          onValueChange={setAfterwards}
          options={roles}
        />
      </Choice>
      <div className="flex justify-end">
        <Button type="submit" variant="danger" busy={handOver.isPending} disabled={!heir}>
          Hand over
        </Button>
      </div>
    </form>
  );
}

const Choice = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className="flex flex-wrap items-center justify-between gap-2">
    <p className="font-medium text-13">{title}</p>
    {children}
  </div>
);
