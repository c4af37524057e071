import type { Group } from "@/entities/workspaces/workspace.ts";
import { formatCount } from "@/ui/format/format-count.ts";

export const formatMembers = ({ members }: Pick<Group, "members">) =>
  members.length === 0 ? "No members yet" : formatCount(members.length, "member");
