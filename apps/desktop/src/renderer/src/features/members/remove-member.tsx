import { use, useState } from "react";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Member } from "@/entities/workspaces/workspace.ts";
import { paths } from "@/lib/paths.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { NavigateContext } from "@/ui/controls/link.tsx";
import { AlertDialog } from "@/ui/dialogs/alert-dialog.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { Belongings, NOBODY } from "./belongings.tsx";

type Props = {
  member: Member;
  isMe: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** Asks first: their own rights in projects are gone with them, and nothing brings those back. */
export function RemoveMember({ member, isMe, open, onOpenChange }: Props) {
  const workspace = useWorkspace();
  const navigate = use(NavigateContext);
  const cache = trpc.useUtils();
  const { workspaceId, userId, name } = member;
  const [handTo, setHandTo] = useState(NOBODY);
  const { data: found } = trpc.members.belongings.useQuery(
    { workspaceId, userId },
    { enabled: open, staleTime: 0 },
  );
  const remove = trpc.members.remove.useMutation({
    onSuccess: () => {
      onOpenChange(false);
      if (!isMe) return notify({ title: `${name} is no longer a member` });
      cache.workspaces.list.setData(undefined, (list) =>
        list?.filter(({ id }) => id !== workspaceId),
      );
      notify({ title: `You left ${workspace.name}` });
      navigate?.(paths.home());
    },
    onError: reportFailure(isMe ? "Couldn't leave the workspace" : `Couldn't remove ${name}`),
  });

  const title = isMe ? `Leave ${workspace.name}?` : `Remove ${name}?`;
  return (
    <AlertDialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      confirmLabel={isMe ? "Leave workspace" : "Remove"}
      onConfirm={() => remove.mutate({ workspaceId, userId, ...(handTo !== NOBODY && { handTo }) })}
      busy={remove.isPending}
    >
      {isMe
        ? "You'll lose access to its projects. What you wrote stays, and your tasks become unassigned. An owner can invite you again."
        : "They lose access to this workspace immediately, on all their devices. What they wrote stays, and their tasks become unassigned. Their project roles are removed."}
      {found && (
        <Belongings
          found={found}
          member={member}
          isMe={isMe}
          handTo={handTo}
          onHandTo={setHandTo}
        />
      )}
    </AlertDialog>
  );
}
