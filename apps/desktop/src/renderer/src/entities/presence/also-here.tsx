import type { Person } from "@/ui/people/avatar.tsx";
import { AvatarStack } from "@/ui/people/avatar-stack.tsx";
import { PeoplePopover } from "@/ui/people/people-popover.tsx";
import { useOthersHere } from "./use-presence.ts";

/** Who else is on this project's board or list. */
export function AlsoInProject({ projectId }: { projectId: string }) {
  const others = useOthersHere((place) => place.projectId === projectId);
  return <Faces label="Also here" people={others} />;
}

/** Who else looks at this task, wherever they opened it. */
export function AlsoAtTask({ taskId }: { taskId: string }) {
  const others = useOthersHere((place) => place.taskId === taskId);
  return <Faces label="Also viewing this task" people={others} />;
}

function Faces({ label, people }: { label: string; people: Person[] }) {
  if (people.length === 0) return null;
  return (
    <PeoplePopover label={label} people={people} className="h-7 px-1 [--stack-ring:var(--surface)]">
      <AvatarStack people={people} most={4} />
    </PeoplePopover>
  );
}
