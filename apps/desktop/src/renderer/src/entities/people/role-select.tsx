import { workspaceRoles } from "@guildhall/api/client";
import type { WorkspaceRole } from "@/entities/workspaces/workspace.ts";
import { Select } from "@/ui/controls/select.tsx";
import { roleMeanings, roleNames } from "./format-role.ts";

const options = workspaceRoles.map((value) => ({
  value,
  label: roleNames[value],
  hint: roleMeanings[value],
}));

type Props = {
  label: string;
  value: WorkspaceRole;
  onValueChange: (role: WorkspaceRole) => void;
  variant?: "field" | "quiet";
  disabled?: boolean;
  /** The highest that can be chosen. */
  upTo?: WorkspaceRole;
};

export function RoleSelect({ upTo = "owner", ...props }: Props) {
  const from = workspaceRoles.indexOf(upTo);
  return <Select {...props} options={options.slice(from)} />;
}
