import { GroupRoleRow } from "@/entities/groups/group-role-row.tsx";
import { useGroups } from "@/entities/groups/use-groups.ts";
import { useWorkspace } from "@/entities/workspaces/use-workspace.ts";
import type { Project } from "@/entities/workspaces/workspace.ts";
import { formatError } from "@/sync/format-error.ts";
import { reportFailure } from "@/sync/report-failure.ts";
import { trpc } from "@/sync/trpc.ts";
import { ErrorNotice } from "@/ui/layout/error-notice.tsx";
import { Rows, Section } from "@/ui/layout/section.tsx";

/** The groups of the workspace, with what each has in the project. */
export function AccessGroups({ project, mayChange }: { project: Project; mayChange: boolean }) {
  // Guests see groups where these are named, and give none of them access.
  const groups = useGroups();
  const isGuest = useWorkspace().role === "guest";
  const { id: projectId } = project;
  const cache = trpc.useUtils();
  const own = trpc.projects.groups.useQuery(
    { id: projectId },
    { enabled: groups.length > 0 && !isGuest },
  );
  const onSettled = () => cache.projects.groups.invalidate({ id: projectId });
  const onError = reportFailure("Couldn't change the role");
  const set = trpc.projects.setGroup.useMutation({ onSettled, onError });
  const remove = trpc.projects.removeGroup.useMutation({ onSettled, onError });
  const roleOf = (id: string) => own.data?.find(({ groupId }) => groupId === id)?.role ?? null;
  const shown = mayChange ? groups : groups.filter(({ id }) => roleOf(id));
  if (isGuest || shown.length === 0) return null;
  return (
    <Section
      title="Groups"
      lead="Everyone in a group has its role here, unless they have a role of their own below."
    >
      {own.error && (
        <div className="mb-3">
          <ErrorNotice title="Couldn't load roles of groups" onRetry={() => own.refetch()}>
            {formatError(own.error)}
          </ErrorNotice>
        </div>
      )}
      {own.data && (
        <Rows label="Groups">
          {shown.map((group) => (
            <GroupRoleRow
              key={group.id}
              group={group}
              role={roleOf(group.id)}
              mayChange={mayChange}
              busy={[set, remove].some(
                ({ isPending, variables }) => isPending && variables?.groupId === group.id,
              )}
              onChange={(role) => {
                const groupId = group.id;
                if (role) set.mutate({ projectId, groupId, role });
                else remove.mutate({ projectId, groupId });
              }}
            />
          ))}
        </Rows>
      )}
    </Section>
  );
}
