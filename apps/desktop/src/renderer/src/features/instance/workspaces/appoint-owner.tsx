import { UserRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { formatError } from "@/sync/format-error.ts";
import { trpc } from "@/sync/trpc.ts";
import { useMe } from "@/sync/use-sync-client.ts";
import { Button } from "@/ui/controls/button.tsx";
import { Combobox } from "@/ui/controls/combobox.tsx";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import type { WorkspaceOfServer } from "./workspace.ts";

type Props = { workspace: WorkspaceOfServer; onDone: () => void };

/** One of its members, or whoever asks: nobody else could look after it. */
export function AppointOwner({ workspace, onDone }: Props) {
  const { id: workspaceId, name } = workspace;
  const me = useMe();
  const cache = trpc.useUtils();
  const candidates = trpc.instance.ownerCandidates.useQuery({ workspaceId }, { staleTime: 0 });
  const [chosenId, setChosenId] = useState(me.id);
  const appoint = trpc.instance.appointOwner.useMutation({
    onSuccess(owner) {
      notify({ title: `${owner.name} is now an owner of ${name}` });
      void cache.instance.workspaces.invalidate();
      void cache.workspaces.list.invalidate();
      onDone();
    },
  });
  const others = (candidates.data ?? []).filter(({ userId }) => userId !== me.id);
  const options = [
    { id: me.id, label: `${me.name} (you)` },
    ...others.map((each) => ({
      id: each.userId,
      label: `${each.name}, ${each.role}`,
      keywords: each.email,
    })),
  ];
  const chosen = options.find(({ id }) => id === chosenId);

  function submit(event: FormEvent) {
    event.preventDefault();
    appoint.mutate({ workspaceId, userId: chosenId });
  }

  const error = appoint.error ?? candidates.error;
  return (
    <form onSubmit={submit} className="grid gap-4">
      {error && <ErrorNotice title="No owner was appointed">{formatError(error)}</ErrorNotice>}
      <p className="text-13 text-muted leading-5">
        Nobody with an open account owns this workspace. Whoever you choose gets full access to it,
        and its members are told.
        {chosenId === me.id && " If you choose yourself, you can see everything in it."}
      </p>
      <Combobox
        label="New owner"
        value={chosenId}
        options={options}
        onValueChange={(id) => id && setChosenId(id)}
        trigger={
          <Button type="button" wide icon={<UserRound size={14} />}>
            {chosen?.label}
          </Button>
        }
      />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={appoint.isPending}>
          Appoint owner
        </Button>
      </div>
    </form>
  );
}
