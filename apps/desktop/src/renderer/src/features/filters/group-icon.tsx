import { CircleUserRound } from "lucide-react";
import { useView } from "@/features/project-view/view-context.ts";
import { Avatar } from "@/ui/avatar.tsx";
import { PriorityIcon } from "@/ui/priority-icon.tsx";
import { StatusIcon } from "@/ui/status-icon.tsx";
import type { Group } from "./group-tasks.ts";

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
