import { usePutGroup } from "@/entities/groups/use-put-group.ts";
import { roleNames } from "@/entities/people/format-role.ts";
import type { Group } from "@/entities/workspaces/workspace.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { AlertDialog } from "@/ui/dialogs/alert-dialog.tsx";
import { formatCount } from "@/ui/format/format-count.ts";
import { notify } from "@/ui/overlays/toast.ts";

type Props = { group: Group; open: boolean; onOpenChange: (open: boolean) => void };

/** Says first what goes with it: nothing brings that back. */
export function DeleteGroup({ group, open, onOpenChange }: Props) {
  const { id, name } = group;
  const put = usePutGroup();
  const remove = trpc.groups.delete.useMutation({
    onSuccess: () => {
      onOpenChange(false);
      put(id, null);
      notify({ title: `Deleted the group ${name}` });
    },
    onError: reportFailure("Couldn't delete the group"),
  });
  return (
    <AlertDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete the group ${name}?`}
      confirmLabel="Delete group"
      onConfirm={() => remove.mutate({ id })}
      busy={remove.isPending}
    >
      <WhatGoes group={group} />
    </AlertDialog>
  );
}

function WhatGoes({ group }: { group: Group }) {
  const { data } = trpc.groups.roles.useQuery({ id: group.id }, { staleTime: 0 });
  const people = formatCount(group.members.length, "person", "people");
  const places = [
    ...(group.role ? [`its role in the workspace (${roleNames[group.role]})`] : []),
    ...(data?.projects.length ? [formatCount(data.projects.length, "project")] : []),
    ...(data?.documents.length ? [formatCount(data.documents.length, "document")] : []),
  ];
  return (
    <>
      <p>
        The {people} in it stay in the workspace
        {places.length > 0
          ? `, and immediately lose what they have only through the group: ${places.join(", ")}.`
          : "."}
      </p>
      <p className="mt-2">
        {data?.tasks
          ? `${formatCount(data.tasks, "task is", "tasks are")} no longer assigned to it. `
          : ""}
        Where it was mentioned its name remains. This can't be undone.
      </p>
    </>
  );
}
