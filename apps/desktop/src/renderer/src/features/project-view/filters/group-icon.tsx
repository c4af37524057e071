import { CircleUserRound } from "lucide-react";
import type { Group } from "@/features/project-view/query/group-tasks.ts";
import { useView } from "@/features/project-view/view/view-context.ts";
import { PriorityIcon } from "@/ui/icons/priority-icon.tsx";
import { StatusIcon } from "@/ui/icons/status-icon.tsx";
import { Avatar } from "@/ui/people/avatar.tsx";

export function GroupIcon({ of }: Pick<Group, "of">) {
  const { names } = useView();
  switch (of.kind) {
    case "status":
      return <StatusIcon category={of.status.category} />;
    case "priority":
      return <PriorityIcon priority={of.priority} />;
    case "assignee": {
      const person = names.people.get(of.userId ?? "");
      return person ? (
        <Avatar person={person} size={20} decorative />
      ) : (
        <CircleUserRound size={18} className="text-faint" aria-hidden="true" />
      );
    }
    case "all":
      return null;
  }
}
