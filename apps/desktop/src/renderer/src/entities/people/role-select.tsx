import { roles } from "@guildhall/api/client";
import type { Role } from "@/entities/workspaces/workspace.ts";
import { Select } from "@/ui/controls/select.tsx";
import { roleNames } from "./format-role.ts";

const options = roles.map((value) => ({ value, label: roleNames[value] }));

type Props = {
  label: string;
  value: Role;
  onValueChange: (role: Role) => void;
  variant?: "field" | "quiet";
  disabled?: boolean;
};

export const RoleSelect = (props: Props) => <Select {...props} options={options} />;
