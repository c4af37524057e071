import { roles } from "@guildhall/api/client";
import { usePutGroup } from "@/entities/groups/use-put-group.ts";
import { roleMeanings, roleNames } from "@/entities/people/format-role.ts";
import type { Group, Role } from "@/entities/workspaces/workspace.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { Select } from "@/ui/controls/select.tsx";
import { notify } from "@/ui/overlays/toast.ts";

const options = [
  { value: "none" as const, label: "No role", hint: "Everyone keeps the role they have" },
  ...roles.map((value) => ({ value, label: roleNames[value], hint: roleMeanings[value] })),
];

/** What its people are in the workspace at least. */
export function GroupRole({ group, mayChange }: { group: Group; mayChange: boolean }) {
  const put = usePutGroup();
  const update = trpc.groups.update.useMutation({
    onSuccess: (row) => {
      put(row.id, row);
      notify({
        title: row.role
          ? `Everyone in ${row.name} is now at least ${roleNames[row.role]}`
          : `${row.name} has no role in the workspace now`,
      });
    },
    onError: reportFailure("Couldn't change the role"),
  });
  const asked = update.isPending ? update.variables.patch.role : undefined;
  const role: Role | null = asked === undefined ? group.role : asked;
  if (!mayChange) {
    return role && <span className="shrink-0 px-2 text-muted">{roleNames[role]}</span>;
  }
  return (
    <Select
      label={`Role for ${group.name} in the workspace`}
      variant="quiet"
      value={role ?? "none"}
      options={options}
      disabled={update.isPending}
      onValueChange={(next) =>
        update.mutate({ id: group.id, patch: { role: next === "none" ? null : next } })
      }
    />
  );
}
