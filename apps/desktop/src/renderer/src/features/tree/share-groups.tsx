import { GroupRoleRow } from "@/entities/groups/group-role-row.tsx";
import { useGroups } from "@/entities/groups/use-groups.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";

type Props = { id: string; query: string; mayShare: boolean };

/** The groups of the workspace, with what each has in this very document. */
export function ShareGroups({ id, query, mayShare }: Props) {
  // Guests see groups where these are named, and give none of them access.
  const groups = useGroups();
  const isGuest = useWorkspace().role === "guest";
  const cache = trpc.useUtils();
  const own = trpc.documents.groups.useQuery({ id }, { enabled: groups.length > 0 && !isGuest });
  const onSettled = () =>
    Promise.all([
      cache.documents.groups.invalidate({ id }),
      cache.documents.members.invalidate({ id }),
    ]);
  const onError = reportFailure("Couldn't change the role");
  const set = trpc.documents.setGroup.useMutation({ onSettled, onError });
  const remove = trpc.documents.removeGroup.useMutation({ onSettled, onError });
  const roleOf = (of: string) => own.data?.find(({ groupId }) => groupId === of)?.role ?? null;
  const typed = query.trim().toLowerCase();
  const shown = groups.filter(
    (group) => group.name.toLowerCase().includes(typed) && (mayShare || roleOf(group.id)),
  );
  if (isGuest || !own.data || shown.length === 0) return null;
  return (
    <ul aria-label="Groups" className="mb-2 max-h-48 divide-y overflow-y-auto rounded-panel border">
      {shown.map((group) => (
        <GroupRoleRow
          key={group.id}
          group={group}
          role={roleOf(group.id)}
          mayChange={mayShare}
          busy={[set, remove].some(
            ({ isPending, variables }) => isPending && variables?.groupId === group.id,
          )}
          onChange={(role) => {
            const groupId = group.id;
            if (role) set.mutate({ id, groupId, role });
            else remove.mutate({ id, groupId });
          }}
        />
      ))}
    </ul>
  );
}
