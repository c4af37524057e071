import { UserMinus } from "lucide-react";
import { usePutGroup } from "@/entities/groups/use-put-group.ts";
import { useNameOf } from "@/entities/people/people.ts";
import type { Group } from "@/entities/workspaces/workspace.ts";
import { compareText } from "@/lib/locale.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { IconButton } from "@/ui/controls/icon-button.tsx";
import { Badge } from "@/ui/icons/badge.tsx";
import { notify } from "@/ui/overlays/toast.ts";
import { Avatar } from "@/ui/people/avatar.tsx";
import { AddToGroup } from "./add-to-group.tsx";

const managed =
  "Who is managed by sign-in was put here by the sign-in provider and can't be removed by hand: change their groups there. It takes effect the next time they sign in.";

/** Who is in a group, by name; owners add and remove people. */
export function GroupPeople({ group, mayChange }: { group: Group; mayChange: boolean }) {
  const nameOf = useNameOf();
  const put = usePutGroup();
  const remove = trpc.groups.removeMembers.useMutation({
    onSuccess: (row, { userIds }) => {
      put(row.id, row);
      notify({ title: `Removed ${userIds.map(nameOf).join(", ")} from ${row.name}` });
    },
    onError: reportFailure("Couldn't remove this person"),
  });
  const people = group.members
    .map(({ userId, managedBy }) => ({ id: userId, name: nameOf(userId), managedBy }))
    .sort((a, b) => compareText(a.name, b.name));
  const isManaged = people.some(({ managedBy }) => managedBy !== null);
  return (
    <div className="grid gap-2 pr-3 pb-3 pl-11">
      {group.description && (
        <p dir="auto" className="whitespace-pre-line text-13 text-muted">
          {group.description}
        </p>
      )}
      {people.length > 0 && (
        <ul aria-label={`People in ${group.name}`} className="max-h-[50vh] overflow-y-auto">
          {people.map(({ managedBy, ...person }) => (
            <li key={person.id} className="flex min-h-8 items-center gap-2">
              <Avatar person={person} size={20} decorative />
              <span dir="auto" className="min-w-0 flex-1 truncate">
                {person.name}
              </span>
              {managedBy !== null && <Badge>Managed by sign-in</Badge>}
              {mayChange && managedBy === null && (
                <IconButton
                  size="small"
                  label={`Remove ${person.name} from ${group.name}`}
                  icon={<UserMinus size={14} />}
                  disabled={remove.isPending}
                  onClick={() => remove.mutate({ id: group.id, userIds: [person.id] })}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {isManaged && <p className="text-12 text-muted">{managed}</p>}
      {mayChange && <AddToGroup group={group} />}
    </div>
  );
}
