import { roles } from "@guildhall/api/client";
import { roleNames } from "@/entities/people/format-role.ts";
import type { Group, Role } from "@/entities/workspaces/workspace.ts";
import { Select } from "@/ui/controls/select.tsx";
import { GroupIcon } from "@/ui/people/group-icon.tsx";
import { formatMembers } from "./format-group.ts";

type Props = {
  group: Group;
  /** What it has there; null: no role of its own. */
  role: Role | null;
  mayChange: boolean;
  busy: boolean;
  onChange: (role: Role | null) => void;
};

type Choice = Role | "none";

const options: { value: Choice; label: string }[] = [
  { value: "none", label: "No role" },
  ...roles.map((value) => ({ value, label: roleNames[value] })),
];

/** One of the groups among those who have access to something. */
export function GroupRoleRow({ group, role, mayChange, busy, onChange }: Props) {
  const choose = (next: Choice) => {
    const wanted = next === "none" ? null : next;
    if (wanted !== role) onChange(wanted);
  };
  return (
    <li className="flex min-h-11 items-center gap-3 px-3 py-1.5">
      <GroupIcon color={group.color} />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{group.name}</p>
        <p className="truncate text-12 text-muted">{formatMembers(group)}</p>
      </div>
      {mayChange ? (
        <Select
          label={`Role for ${group.name}`}
          variant="quiet"
          value={role ?? "none"}
          options={options}
          onValueChange={choose}
          disabled={busy}
        />
      ) : (
        <span className="shrink-0 px-2 text-muted">{role ? roleNames[role] : "No role"}</span>
      )}
    </li>
  );
}
